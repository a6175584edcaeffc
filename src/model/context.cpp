#include "tendik/model/context.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tendik {
namespace {

constexpr std::array kinds{std::pair{ContextKind::neighbours, std::string_view("neighbours")},
                           std::pair{ContextKind::lakes, std::string_view("lakes")},
                           std::pair{ContextKind::rivers, std::string_view("rivers")},
                           std::pair{ContextKind::settlements, std::string_view("settlements")}};

std::uint32_t zoom_of_rank(ContextKind kind, int rank) {
    switch (kind) {
    case ContextKind::lakes:
        return rank <= 1 ? 0 : rank == 2 ? 3 : 4;
    case ContextKind::rivers:
        return rank <= 4 ? 3 : rank <= 6 ? 4 : 5;
    case ContextKind::settlements:
        return rank <= 2 ? 3 : rank == 3 ? 5 : 6;
    case ContextKind::neighbours:
        break;
    }
    return 0;
}

}  // namespace

std::string_view to_text(ContextKind kind) {
    const auto* const found = std::ranges::find(kinds, kind, [](const auto& pair) { return pair.first; });
    return found->second;
}

std::optional<ContextKind> context_kind_from_text(std::string_view text) {
    const auto* const found = std::ranges::find(kinds, text, [](const auto& pair) { return pair.second; });
    if (found == kinds.end()) return std::nullopt;
    return found->first;
}

std::optional<std::uint32_t> first_zoom(const ContextLayer& layer, const ContextFeature& feature) {
    if (feature.kind == "lake-centreline") return std::nullopt;
    return std::max(layer.min_zoom, zoom_of_rank(layer.kind, feature.rank));
}

}  // namespace tendik
