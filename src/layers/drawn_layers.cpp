#include "tendik/layers/drawn_layers.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/layers/region_fields.h"
#include "tendik/style/palette.h"

#include <fmt/format.h>

#include <iterator>
#include <map>
#include <set>

namespace tendik::layers {
namespace {

/// All columns of the file that the boundaries came from.
FeatureLayer file_layer(const std::string& name, const Boundaries& boundaries) {
    FeatureLayer features;
    features.name = name;
    features.title = boundaries.source;
    features.boundaries = &boundaries;
    std::set<std::string> taken{boundaries.key_column};
    const auto& columns = boundaries.regions.front().attributes;
    for (std::size_t k = 0; k < columns.size(); ++k) {
        if (!taken.insert(columns[k].first).second) continue;
        features.fields.push_back(
            field(boundaries, columns[k].first, FieldType::text, "",
                  [&](std::size_t i) { return Cell{boundaries.regions[i].attributes[k].second}; }));
    }
    return features;
}

std::set<std::string> names_of(const FeatureLayer& features, const Boundaries& boundaries) {
    std::set<std::string> names{boundaries.key_column};
    for (const auto& one : features.fields)
        names.insert(one.name);
    return names;
}

void take_name(std::set<std::string>& taken, const std::string& name) {
    if (taken.insert(name).second) return;
    throw InputError("the boundaries already have a column '" + name + "'",
                     "rename it in one of the two files");
}

void add_result_fields(std::vector<Field>& fields, const Boundaries& boundaries, const Layer& layer,
                       const LayerResult& result, const std::string& name) {
    const auto& shares = result.measures.regions;
    fields.push_back(class_field(boundaries, layer, result, name));
    fields.push_back(field(boundaries, "gap", FieldType::real, "Value less the mean of the regions",
                           [&](std::size_t i) { return cell_of(shares[i].gap); }));
    fields.push_back(field(boundaries, "relative_gap", FieldType::real, "Value over the mean of the regions",
                           [&](std::size_t i) { return cell_of(shares[i].relative_gap); }));
    if (layer.weights)
        fields.push_back(field(boundaries, "weight", FieldType::real, layer.weights->text.in(Language::en),
                               [&](std::size_t i) { return cell_of(layer.weights->column[i]); }));
    fields.push_back(field(boundaries, "contribution_ti", FieldType::real,
                           "Contribution to the Theil index (x1000)", [&](std::size_t i) {
                               for (const auto& [code, number] : shares[i].contribution)
                                   if (code == "TI") return Cell{number};
                               return Cell{};
                           }));
}

std::string band_name(const std::vector<double>& levels, std::size_t band) {
    if (band == 0) return "up_to_" + shortest(levels.front());
    if (band == levels.size()) return "over_" + shortest(levels.back());
    return fmt::format("{}_to_{}", shortest(levels[band - 1]), shortest(levels[band]));
}

/// Standard error, chance of each band and stations inside, of a modelled layer.
void add_modelled_fields(std::vector<Field>& fields, const Boundaries& boundaries, const Layer& layer) {
    const auto& modelled = *layer.modelled;
    const auto* const between = modelled.places.empty() || modelled.raster.empty() ? "" : ", ";
    fields.push_back(field(
        boundaries, "modelled_from", FieldType::text,
        modelled.places.empty() ? "Modelled from this raster" : "Modelled from these places and rasters",
        [&](std::size_t) { return Cell{modelled.places + between + modelled.raster}; }));
    if (!modelled.error.empty())
        fields.push_back(field(boundaries, layer.indicator.code + "_error", FieldType::real,
                               "Standard error of the modelled value",
                               [&](std::size_t i) { return cell_of(modelled.error[i]); }));
    for (std::size_t band = 0; band < modelled.chances.size(); ++band)
        fields.push_back(field(boundaries, "chance_" + band_name(modelled.levels, band), FieldType::real,
                               "Chance that a person drawn by lot lives in this band",
                               [&](std::size_t i) { return cell_of(modelled.chances[band][i]); }));
    if (!modelled.stations.empty())
        fields.push_back(
            field(boundaries, "stations", FieldType::integer, "Stations inside the region",
                  [&](std::size_t i) { return Cell{static_cast<std::int64_t>(modelled.stations[i])}; }));
}

/// All values of the series of layer `index`, whose circles share one scale.
std::vector<double> numbers_of_series(const Prepared& prepared, std::size_t index) {
    std::vector<double> numbers;
    for (std::size_t k = 0; k < prepared.atlas.layers.size(); ++k) {
        if (prepared.results[k].series != prepared.results[index].series) continue;
        const auto present = present_numbers(prepared.atlas.layers[k].values);
        numbers.insert(numbers.end(), present.begin(), present.end());
    }
    return numbers;
}

}  // namespace

std::vector<StyledLayer> style_layers(const Plan& plan, const Prepared& prepared, const TextBook& texts,
                                      const std::filesystem::path& styles_dir) {
    const std::map<Direction, Palette> palettes{
        {Direction::adverse, style::read_palette(styles_dir, plan.maps.adverse_palette)},
        {Direction::favourable, style::read_palette(styles_dir, plan.maps.favourable_palette)},
        {Direction::neutral, style::read_palette(styles_dir, plan.maps.neutral_palette)}};
    std::vector<StyledLayer> styled;
    for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i) {
        const auto& layer = prepared.atlas.layers[i];
        const auto direction = layer.indicator.direction;
        const auto& palette = palettes.at(direction);
        StyledLayer one;
        if (layer.display == Display::symbols)
            one.choropleth = while_doing(fmt::format("drawing circles of '{}'", layer.name()), [&] {
                return style::make_symbol_look(
                    style::make_symbols(numbers_of_series(prepared, i), palette.by_count.front().front()));
            });
        else
            one.choropleth = style::make_choropleth(prepared.results[i].classes, palette, direction);
        one.legend = style::make_legend(layer, prepared.atlas.boundaries_of(layer), one.choropleth, texts);
        styled.push_back(std::move(one));
    }
    return styled;
}

FeatureLayer feature_layer(const Prepared& prepared, std::size_t index) {
    const auto& layer = prepared.atlas.layers[index];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    FeatureLayer features;
    features.name = layer.name();
    features.title =
        layer.indicator.name.in(Language::en) + (layer.year_label.empty() ? "" : ", " + layer.year_label);
    features.boundaries = &boundaries;
    features.fields = name_fields(boundaries);
    const auto& unit = layer.indicator.unit.in(Language::en);
    const auto& code = layer.indicator.code;
    std::ranges::move(value_fields(boundaries, layer.values, code, unit),
                      std::back_inserter(features.fields));
    std::ranges::move(precision_fields(boundaries, layer, code), std::back_inserter(features.fields));
    if (layer.display == Display::classes) {
        add_result_fields(features.fields, boundaries, layer, prepared.results[index], code);
        std::ranges::move(share_fields(boundaries, layer, prepared.results[index], code),
                          std::back_inserter(features.fields));
    }
    if (layer.modelled) add_modelled_fields(features.fields, boundaries, layer);
    return features;
}

FeatureLayer joined_layer(const Prepared& prepared) {
    const auto& boundaries = prepared.atlas.boundaries.front();
    auto features = file_layer("joined", boundaries);
    auto taken = names_of(features, boundaries);
    for (const auto& layer : prepared.atlas.layers) {
        const auto name = prepared.atlas.layers.size() > 1 ? layer.name() : layer.indicator.code;
        take_name(taken, name);
        take_name(taken, name + "_state");
        if (has_inherited(layer.values)) take_name(taken, name + "_inherited");
        std::ranges::move(value_fields(boundaries, layer.values, name, layer.indicator.unit.in(Language::en)),
                          std::back_inserter(features.fields));
        for (auto& one : precision_fields(boundaries, layer, name)) {
            take_name(taken, one.name);
            features.fields.push_back(std::move(one));
        }
    }
    return features;
}

FeatureLayer rolled_up_layer(const Prepared& prepared) {
    const auto& parents = prepared.nestings.begin()->second.parents;
    auto features = file_layer("rolled_up", parents);
    auto taken = names_of(features, parents);
    const auto& counts = prepared.rolled_up.front().region_counts;
    take_name(taken, "regions");
    features.fields.push_back(
        field(parents, "regions", FieldType::integer, "Regions in it",
              [&](std::size_t i) { return Cell{static_cast<std::int64_t>(counts[i])}; }));
    for (const auto& rolled : prepared.rolled_up) {
        const auto& layer = prepared.atlas.layers[rolled.layer];
        const auto name = prepared.rolled_up.size() > 1 ? layer.name() : layer.indicator.code;
        for (const auto* ending : {"", "_state", "_published"})
            take_name(taken, name + ending);
        const auto& unit = layer.indicator.unit.in(Language::en);
        std::ranges::move(value_fields(parents, rolled.values, name, unit),
                          std::back_inserter(features.fields));
        features.fields.push_back(field(parents, name + "_published", FieldType::real, unit,
                                        [&](std::size_t i) { return cell_of(rolled.published[i]); }));
    }
    return features;
}

namespace {

/// Ends of intervals and the flags of doubt.
void add_precision_properties(std::vector<TileProperty>& properties, const Layer& layer) {
    if (!layer.precision) return;
    const auto& known = *layer.precision;
    const auto add = [&](const char* ending, bool wanted, auto describe) {
        if (!wanted) return;
        auto& property = properties.emplace_back(TileProperty{layer.name() + ending, {}});
        for (std::size_t i = 0; i < layer.values.size(); ++i)
            property.values.push_back(describe(i));
    };
    const auto number_in = [](const Column& column) {
        return [&column](std::size_t i) {
            return column[i].present() ? TileValue{column[i].number} : TileValue{};
        };
    };
    add("_lower", !known.lower.empty(), number_in(known.lower));
    add("_upper", !known.upper.empty(), number_in(known.upper));
    add("_unreliable", !known.reliability.empty(),
        [&](std::size_t i) { return TileValue{std::int64_t{known.is_unreliable(i) ? 1 : 0}}; });
    add("_bracketed", !known.bracketed.empty(),
        [&](std::size_t i) { return TileValue{std::int64_t{known.is_bracketed(i) ? 1 : 0}}; });
}

}  // namespace

std::vector<TileProperty> tile_properties(const Prepared& prepared, std::size_t boundaries) {
    std::vector<TileProperty> properties;
    for (std::size_t k = 0; k < prepared.atlas.layers.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        if (layer.boundaries != boundaries) continue;
        TileProperty number{layer.name(), {}};
        TileProperty state{layer.name() + "_state", {}};
        TileProperty group{layer.name() + "_class", {}};
        TileProperty inherited{layer.name() + "_inherited", {}};
        for (const auto& value : layer.values) {
            number.values.push_back(value.shown() ? TileValue{value.number} : TileValue{});
            inherited.values.emplace_back(std::int64_t{value.inherited ? 1 : 0});
            state.values.emplace_back(std::string(to_text(value.state)));
            const auto index = value.present() && k < prepared.results.size()
                                   ? prepared.results[k].classes.class_of(value.number)
                                   : std::nullopt;
            group.values.emplace_back();
            if (index) group.values.back() = static_cast<std::int64_t>(*index + 1);
        }
        properties.push_back(std::move(number));
        properties.push_back(std::move(state));
        if (layer.carried) properties.push_back(std::move(inherited));
        if (layer.display == Display::classes) properties.push_back(std::move(group));
        add_precision_properties(properties, layer);
    }
    return properties;
}

}  // namespace tendik::layers
