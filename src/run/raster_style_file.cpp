#include "raster_style_file.h"

#include "tendik/base/atomic_file.h"
#include "tendik/qgis/raster_style.h"
#include "tendik/stats/classify.h"
#include "tendik/style/palette.h"
#include "tendik/style/text_book.h"

#include <algorithm>
#include <cmath>

namespace tendik::run {
namespace {

constexpr std::size_t sample_cells = 20'000;
constexpr std::size_t class_count = 7;
constexpr std::size_t rows_at_once = 256;

/// Cells at equal steps with the lowest and highest of all, so that every cell has a class.
std::vector<double> sample_of(const RasterSource& raster, std::size_t band) {
    const auto& grid = raster.info().grid;
    const std::size_t step = grid.columns * grid.rows / sample_cells + 1;
    std::vector<double> sample;
    std::vector<double> values;
    double low = std::nan("");
    double high = low;
    for (std::size_t row = 0; row < grid.rows; row += rows_at_once) {
        const Window window{0, row, grid.columns, std::min(rows_at_once, grid.rows - row)};
        values.resize(window.cell_count());
        raster.read(band, window, values);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (std::isnan(values[i])) continue;
            low = std::fmin(low, values[i]);
            high = std::fmax(high, values[i]);
            if ((row * grid.columns + i) % step == 0) sample.push_back(values[i]);
        }
    }
    if (!std::isnan(low)) sample.insert(sample.end(), {low, high});
    return sample;
}

}  // namespace

void write_raster_style(const RasterSource& raster, std::size_t band, const Texts& title,
                        const std::filesystem::path& file, const std::string& palette,
                        const std::filesystem::path& styles_dir) {
    const auto sample = sample_of(raster, band);
    if (sample.empty()) return;  // without a cell there is nothing to colour
    const auto& units = raster.info().units;
    const auto unit = band < units.size() ? units[band] : std::string();
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
        style::make_raster_legend(title, unit, look, column, style::read_text_book(styles_dir));
    auto target = file;
    write_file(target.replace_extension(".qml"), qgis::to_raster_qml(look, legend, 1, Language::en));
}

}  // namespace tendik::run
