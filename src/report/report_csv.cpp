// Results as long tables, one figure a row.
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/precision/reliability.h"
#include "tendik/report/report.h"

#include <algorithm>
#include <string_view>

namespace tendik::report {
namespace {

Cell cell(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }
Cell cell(const std::optional<std::size_t>& number) {
    return number ? Cell{static_cast<std::int64_t>(*number)} : Cell{};
}
Cell cell(std::string_view words) { return words.empty() ? Cell{} : Cell{std::string(words)}; }
Cell year_cell(const Layer& layer) { return layer.year ? Cell{std::int64_t{*layer.year}} : Cell{}; }

Cell weight_cell(const Layer& layer, std::size_t region) {
    if (!layer.weights || !layer.weights->column[region].present()) return {};
    return Cell{layer.weights->column[region].number};
}

/// Unit id of the larger unit that a value is inherited from; empty: it is the region's own.
std::string origin_of(const Layer& layer, std::size_t region) {
    return layer.carried ? layer.carried->origins[region].unit_id : std::string{};
}

std::optional<double> number_of(const NumbersByCode& by_code, std::string_view code) {
    const auto found = std::ranges::find(by_code, code, &NumbersByCode::value_type::first);
    return found == by_code.end() ? std::nullopt : std::optional(found->second);
}

Cell cell_of(const Column& column, std::size_t region) {
    return column.empty() || !column[region].present() ? Cell{} : Cell{column[region].number};
}

/// se, lower, upper, n, deff, reliability, unreliable, bracketed.
std::vector<Cell> precision_cells(const Layer& layer, std::size_t region) {
    static const Precision none;
    const auto& known = layer.precision ? *layer.precision : none;
    const auto& errors = layer.measuring.errors;
    const auto judged = known.reliability.empty() ? std::nullopt : known.reliability[region];
    return {errors ? cell_of(*errors, region) : Cell{},
            cell_of(known.lower, region),
            cell_of(known.upper, region),
            cell_of(known.n, region),
            cell_of(known.deff, region),
            judged ? cell(to_text(*judged)) : Cell{},
            Cell{std::int64_t{known.is_unreliable(region) ? 1 : 0}},
            Cell{std::int64_t{known.is_bracketed(region) ? 1 : 0}}};
}

/// Measures that add up of parts of the regions, then those on which a region has an influence only.
std::vector<std::string_view> codes_of(const RegionShare& region) {
    std::vector<std::string_view> codes;
    for (const auto& [code, number] : region.contribution)
        codes.push_back(code);
    for (const auto& [code, number] : region.influence)
        if (!number_of(region.contribution, code)) codes.push_back(code);
    return codes;
}

std::string sources_of(const Layer& layer) {
    std::string all;
    for (const auto& source : layer.sources)
        all += (all.empty() ? "" : "|") + source;
    return all;
}

std::vector<std::string> value_columns() {
    return {"indicator",
            "year",
            "vintage",
            "key",
            "name_en",
            "name_ru",
            "name_kk",
            "value",
            "state",
            "inherited",
            "inherited_from",
            "class",
            "weight",
            "gap",
            "relative_gap",
            "source",
            "gap_se",
            "p_adjusted",
            "rank",
            "rank_lower",
            "rank_upper",
            "p",
            "se",
            "lower",
            "upper",
            "n",
            "deff",
            "reliability",
            "unreliable",
            "bracketed",
            "class_probability"};
}

/// One region's row of values_csv().
std::vector<Cell> value_row(const Layer& layer, const Boundaries& boundaries, const LayerResult& result,
                            std::size_t i) {
    const auto& value = layer.values[i];
    const auto& region = boundaries.regions[i];
    const auto& share = result.measures.regions[i];
    const auto group = value.present() ? result.classes.class_of(value.number) : std::nullopt;
    std::vector<Cell> row{cell(layer.indicator.code),
                          year_cell(layer),
                          cell(boundaries.vintage),
                          cell(region.key),
                          cell(region.name.in(Language::en)),
                          cell(region.name.in(Language::ru)),
                          cell(region.name.in(Language::kk)),
                          value.shown() ? Cell{value.number} : Cell{},
                          cell(to_text(value.state)),
                          Cell{std::int64_t{value.inherited ? 1 : 0}},
                          cell(origin_of(layer, i)),
                          group ? Cell{static_cast<std::int64_t>(*group + 1)} : Cell{},
                          weight_cell(layer, i),
                          cell(share.gap),
                          cell(share.relative_gap),
                          cell(sources_of(layer)),
                          cell(share.gap_se),
                          cell(share.p_adjusted),
                          cell(share.rank),
                          cell(share.rank_lower),
                          cell(share.rank_upper),
                          cell(share.p)};
    for (auto& one : precision_cells(layer, i))
        row.push_back(std::move(one));
    row.push_back(result.class_probability.empty() ? Cell{} : cell(result.class_probability[i]));
    return row;
}

}  // namespace

std::string values_csv(const Prepared& prepared) {
    io::CsvText table(value_columns());
    for (std::size_t k = 0; k < prepared.atlas.layers.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        for (std::size_t i = 0; i < layer.values.size(); ++i)
            table.add(value_row(layer, boundaries, prepared.results[k], i));
    }
    return std::move(table).text();
}

std::string classes_csv(const Prepared& prepared) {
    io::CsvText table({"indicator", "year", "vintage", "key", "name_en", "value", "state", "inherited",
                       "class", "from", "to", "class_probability", "unstable"});
    for (std::size_t k = 0; k < prepared.atlas.layers.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        const auto& result = prepared.results[k];
        for (std::size_t i = 0; i < layer.values.size(); ++i) {
            const auto& value = layer.values[i];
            const auto group = value.present() ? result.classes.class_of(value.number) : std::nullopt;
            const auto chance = result.class_probability.empty() ? std::nullopt : result.class_probability[i];
            table.add({cell(layer.indicator.code), year_cell(layer), cell(boundaries.vintage),
                       cell(boundaries.regions[i].key), cell(boundaries.regions[i].name.in(Language::en)),
                       value.shown() ? Cell{value.number} : Cell{}, cell(to_text(value.state)),
                       Cell{std::int64_t{value.inherited ? 1 : 0}},
                       group ? Cell{static_cast<std::int64_t>(*group + 1)} : Cell{},
                       group ? Cell{result.classes.breaks[*group]} : Cell{},
                       group ? Cell{result.classes.breaks[*group + 1]} : Cell{}, cell(chance),
                       chance ? Cell{std::int64_t{*chance < precision::stable_from ? 1 : 0}} : Cell{}});
        }
    }
    return std::move(table).text();
}

std::string points_csv(const Prepared& prepared) {
    io::CsvText table({"indicator", "year", "name", "lon", "lat", "value", "state", "class", "source"});
    for (const auto& layer : prepared.points)
        for (const auto& point : layer.points) {
            const auto& value = point.value;
            const auto group = value.present() ? layer.classes.class_of(value.number) : std::nullopt;
            table.add({cell(layer.indicator.code), layer.year ? Cell{std::int64_t{*layer.year}} : Cell{},
                       cell(point.name), Cell{point.place.x}, Cell{point.place.y},
                       value.present() ? Cell{value.number} : Cell{}, cell(to_text(value.state)),
                       group ? Cell{static_cast<std::int64_t>(*group + 1)} : Cell{},
                       cell(join_text(layer.indicator.sources, "|"))});
        }
    return std::move(table).text();
}

std::string measures_csv(const Prepared& prepared) {
    io::CsvText table({"indicator", "year", "vintage", "n", "weights", "weights_year", "code", "value",
                       "unit", "note", "se", "lower", "upper", "bias"});
    for (std::size_t k = 0; k < prepared.atlas.layers.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        const auto& measures = prepared.results[k].measures;
        const auto add_measure = [&](const Measure& measure) {
            const bool dated = layer.weights && layer.weights->year != 0;
            table.add({cell(layer.indicator.code), year_cell(layer),
                       cell(prepared.atlas.boundaries_of(layer).vintage),
                       Cell{static_cast<std::int64_t>(measures.counted)},
                       cell(layer.weights ? layer.weights->indicator : std::string{}),
                       dated ? Cell{std::int64_t{layer.weights->year}} : Cell{}, cell(measure.code),
                       cell(measure.value), cell(measure.unit), cell(measure.note), cell(measure.se),
                       cell(measure.lower), cell(measure.upper), cell(measure.bias)});
        };
        const auto add = [&](const char* code, const std::optional<double>& value, const std::string& note) {
            add_measure({.code = code, .value = value, .note = note});
        };
        if (layer.published) add("published_national", layer.published->value, layer.published->source);
        if (layer.display == Display::symbols) {
            add("sum", measures.sum, "of the regions with a value");
            continue;
        }
        if (layer.indicator.partial)
            add("mean", {}, "figures of some regions only");
        else
            add("mean", measures.mean, measures.weighted ? "weighted by population" : "unweighted");
        for (const auto& measure : measures.measures)
            add_measure(measure);
        for (const auto& each : measures.decompositions) {
            add_measure({.code = each.code + "_between", .value = each.between, .unit = "index"});
            add_measure({.code = each.code + "_within", .value = each.within, .unit = "index"});
        }
    }
    return std::move(table).text();
}

std::string pairs_csv(const Prepared& prepared) {
    io::CsvText table({"indicator", "year", "vintage", "first", "first_en", "second", "second_en",
                       "difference", "se", "z", "p", "p_adjusted", "correction"});
    for (std::size_t k = 0; k < prepared.results.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        const auto& result = prepared.results[k];
        for (const auto& pair : result.pairs) {
            const auto& first = boundaries.regions[static_cast<std::size_t>(pair.first)];
            const auto& second = boundaries.regions[static_cast<std::size_t>(pair.second)];
            table.add({cell(layer.indicator.code), year_cell(layer), cell(boundaries.vintage),
                       cell(first.key), cell(first.name.in(Language::en)), cell(second.key),
                       cell(second.name.in(Language::en)), Cell{pair.difference}, Cell{pair.se}, cell(pair.z),
                       Cell{pair.p}, Cell{pair.p_adjusted}, cell(to_text(result.pairs_correction))});
        }
    }
    return std::move(table).text();
}

std::string contributions_csv(const Prepared& prepared) {
    io::CsvText table(
        {"indicator", "year", "vintage", "key", "name_en", "code", "contribution", "influence"});
    for (std::size_t k = 0; k < prepared.atlas.layers.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        const auto& regions = prepared.results[k].measures.regions;
        for (std::size_t i = 0; i < layer.values.size(); ++i)
            for (const auto& code : codes_of(regions[i]))
                table.add({cell(layer.indicator.code), year_cell(layer), cell(boundaries.vintage),
                           cell(boundaries.regions[i].key), cell(boundaries.regions[i].name.in(Language::en)),
                           cell(code), cell(number_of(regions[i].contribution, code)),
                           cell(number_of(regions[i].influence, code))});
    }
    return std::move(table).text();
}

std::string joins_csv(const Prepared& prepared) {
    io::CsvText table({"indicator", "year", "vintage", "regions", "matched", "inherited", "unmatched", "side",
                       "line", "suggestion"});
    for (std::size_t k = 0; k < prepared.joins.size(); ++k) {
        const auto& layer = prepared.atlas.layers[k];
        const auto& report = prepared.joins[k];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        const auto add = [&](std::string_view key, std::string_view side, Cell line,
                             std::string_view suggestion) {
            table.add({cell(layer.indicator.code), year_cell(layer), cell(boundaries.vintage),
                       Cell{static_cast<std::int64_t>(report.region_count)},
                       Cell{static_cast<std::int64_t>(report.matched_count)},
                       Cell{static_cast<std::int64_t>(report.inherited_count)}, cell(key), cell(side),
                       std::move(line), cell(suggestion)});
        };
        add("", "", {}, "");
        for (const auto& unmatched : report.keys_without_region)
            add(unmatched.key, "table", Cell{static_cast<std::int64_t>(unmatched.line)},
                unmatched.suggestion);
        for (const auto index : report.regions_without_row)
            add(boundaries.regions[static_cast<std::size_t>(index)].key, "boundaries", {}, "");
    }
    return std::move(table).text();
}

std::string rolled_up_csv(const Prepared& prepared) {
    io::CsvText table({"indicator", "year", "vintage", "parent", "name_en", "name_ru", "name_kk", "kind",
                       "regions", "value", "state", "published", "difference"});
    for (const auto& rolled : prepared.rolled_up) {
        const auto& layer = prepared.atlas.layers[rolled.layer];
        const auto& parents = prepared.nestings.at(layer.boundaries).parents;
        for (std::size_t i = 0; i < parents.regions.size(); ++i) {
            const auto& name = parents.regions[i].name;
            const auto& value = rolled.values[i];
            const auto& published = rolled.published[i];
            const auto number = [](const Value& of) { return of.present() ? Cell{of.number} : Cell{}; };
            table.add(
                {cell(layer.indicator.code), year_cell(layer),
                 cell(prepared.atlas.boundaries_of(layer).vintage), cell(parents.regions[i].key),
                 cell(name.in(Language::en)), cell(name.in(Language::ru)), cell(name.in(Language::kk)),
                 cell(to_text(layer.indicator.kind)),
                 Cell{static_cast<std::int64_t>(rolled.region_counts[i])}, number(value),
                 cell(to_text(value.state)), number(published),
                 value.present() && published.present() ? Cell{value.number - published.number} : Cell{}});
        }
    }
    return std::move(table).text();
}

}  // namespace tendik::report
