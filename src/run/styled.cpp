#include "styled.h"

#include "tendik/style/palette.h"

namespace tendik::run {

std::vector<StyledLayer> style_layers(const Plan& plan, const Prepared& prepared, const TextBook& texts,
                                      const std::filesystem::path& styles_dir) {
    const auto adverse = style::read_palette(styles_dir, plan.maps.adverse_palette);
    const auto favourable = style::read_palette(styles_dir, plan.maps.favourable_palette);
    std::vector<StyledLayer> styled;
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
        const auto& layer = prepared.atlas.layers[i];
        const auto direction = layer.indicator.direction;
        const auto& palette = direction == Direction::adverse ? adverse : favourable;
        StyledLayer one;
        one.choropleth = style::make_choropleth(prepared.results[i].classes, palette, direction);
        one.legend = style::make_legend(layer, prepared.atlas.boundaries_of(layer), one.choropleth, texts);
        styled.push_back(std::move(one));
    }
    return styled;
}

}  // namespace tendik::run
