#include "tendik/run/write_surface.h"

#include "raster_style_file.h"
#include "tendik/base/error.h"
#include "tendik/io/write_raster.h"

#include <fmt/format.h>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

}  // namespace

void refuse_bad_target(const SurfaceTarget& target) {
    io::refuse_raster_ending(target.file);
    if (target.error.empty()) return;
    io::refuse_raster_ending(target.error);
    if (target.error == target.file)
        throw InputError(fmt::format("value and standard error both go to '{}'", target.file.string()),
                         "name two files, or leave --error out: then it is the second band");
}

void write_surface(const MadeSurface& surface, const SurfaceTarget& target, const fs::path& data_folder) {
    const auto& bands = surface.raster.bands();
    const bool apart = !target.error.empty();
    if (apart && bands.size() < 2)
        throw InputError(fmt::format("the method '{}' knows no standard error", to_text(surface.kind)),
                         "leave --error out, or take --method kriging");
    const auto styles_dir = data_folder / "styles";
    const auto& title = surface.title;
    if (apart) {
        io::write_raster(target.file, ChosenBands(surface.raster, {0}), surface.notes);
        auto notes = surface.notes;
        notes.title += "; its standard error";
        io::write_raster(target.error, ChosenBands(surface.raster, {1}), notes);
        write_raster_style(surface.raster, 1, title, target.error, surface.palette, styles_dir);
    } else {
        io::write_raster(target.file, surface.raster, surface.notes);
    }
    write_raster_style(surface.raster, 0, title, target.file, surface.palette, styles_dir);
}

}  // namespace tendik::run
