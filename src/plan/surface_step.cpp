// [[surfaces]]: which surface is made of which points.
#include "tendik/plan/surface_step.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <array>

namespace tendik {

std::string_view to_text(SurfaceKind kind) {
    return kind == SurfaceKind::idw ? "idw" : kind == SurfaceKind::kriging ? "kriging" : "dasymetric";
}

std::optional<SurfaceKind> surface_kind_from_text(std::string_view text) {
    for (const auto kind : {SurfaceKind::idw, SurfaceKind::kriging, SurfaceKind::dasymetric})
        if (to_text(kind) == text) return kind;
    return std::nullopt;
}

namespace plan {

GridChoice parse_grid(const std::string& text) {
    GridChoice choice;
    const auto parts = split(text, ',');
    std::array<double*, 5> sides{&choice.west, &choice.south, &choice.east, &choice.north, &choice.cell};
    std::size_t numbers = 0;
    for (const auto& part : parts)
        if (parse_number(trim(part))) ++numbers;
    if (numbers == parts.size() && numbers == sides.size()) {
        for (std::size_t i = 0; i < sides.size(); ++i)
            *sides[i] = *parse_number(trim(parts[i]));
        return choice;
    }
    if (numbers > 0 && numbers == parts.size())
        throw InputError(fmt::format("the grid '{}' has {} numbers, expected 5", text, numbers),
                         "west,south,east,north,cell: 46,40,88,56,0.05; or the name of a raster");
    choice.like = text;
    return choice;
}

}  // namespace plan
}  // namespace tendik
