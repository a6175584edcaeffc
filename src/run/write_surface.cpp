#include "tendik/run/write_surface.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/io/write_raster.h"
#include "tendik/qgis/raster_style.h"
#include "tendik/stats/classify.h"
#include "tendik/style/palette.h"
#include "tendik/style/text_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::run {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t sample_cells = 20'000;
constexpr std::size_t class_count = 7;

/// Cells at equal steps with the lowest and highest of all, so that every cell has a class.
std::vector<double> sample_of(const std::vector<double>& values) {
    std::vector<double> sample;
    const std::size_t step = values.size() / sample_cells + 1;
    double low = std::nan("");
    double high = low;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        low = std::fmin(low, values[i]);
        high = std::fmax(high, values[i]);
        if (i % step == 0) sample.push_back(values[i]);
    }
    if (!std::isnan(low)) sample.insert(sample.end(), {low, high});
    return sample;
}

void write_style(const RasterBand& band, const Texts& title, const fs::path& raster,
                 const std::string& palette, const fs::path& styles_dir) {
    const auto sample = sample_of(band.values);
    if (sample.empty()) return;  // without a cell there is nothing to colour
    ClassifyOptions options;
    options.class_count = class_count;
    options.round_breaks = true;
    const auto classes = stats::classify(sample, options);
    const auto look =
        style::make_choropleth(classes, style::read_palette(styles_dir, palette), Direction::adverse);
    Column column;
    for (const double value : sample)
        column.push_back(Value::of(value));
    const auto legend =
        style::make_raster_legend(title, band.unit, look, column, style::read_text_book(styles_dir));
    auto file = raster;
    write_file(file.replace_extension(".qml"), qgis::to_raster_qml(look, legend, 1, Language::en));
}

MemoryRaster one_band(const MemoryRaster& raster, std::size_t band) {
    const auto& info = raster.info();
    return {info.source, info.grid, info.crs, {raster.bands()[band]}};
}

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
        io::write_raster(target.file, one_band(surface.raster, 0), surface.notes);
        auto notes = surface.notes;
        notes.title += "; its standard error";
        io::write_raster(target.error, one_band(surface.raster, 1), notes);
        write_style(bands[1], title, target.error, surface.palette, styles_dir);
    } else {
        io::write_raster(target.file, surface.raster, surface.notes);
    }
    write_style(bands[0], title, target.file, surface.palette, styles_dir);
}

}  // namespace tendik::run
