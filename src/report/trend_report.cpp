// Disparity over the years, for people and machines.
#include "tendik/report/trend_report.h"

#include "findings_json.h"
#include "spoken.h"
#include "table_parts.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }
Cell cell_of(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }

Json line_json(const std::optional<LineFit>& line) {
    if (!line) return nullptr;
    return {{"slope", line->slope},
            {"se", json_of(line->slope_se)},
            {"t", json_of(line->t)},
            {"p", json_of(line->p)},
            {"n", line->count}};
}

Json measure_json(const MeasureTrend& trend) {
    return {{"code", trend.code},
            {"unit", trend.unit},
            {"from", trend.from_year},
            {"to", trend.to_year},
            {"before", trend.before},
            {"after", trend.after},
            {"change", to_text(trend.direction)},
            {"se", json_of(trend.se)},
            {"z", json_of(trend.z)},
            {"p", json_of(trend.p)},
            {"line", line_json(trend.line)}};
}

Json convergence_json(const Convergence& found) {
    Json spread = Json::array();
    for (const auto& [year, value] : found.spread)
        spread.push_back({{"year", year}, {"value", value}});
    return {{"n", found.counted},
            {"spread", std::move(spread)},
            {"sigma", line_json(found.sigma)},
            {"beta", line_json(found.beta)},
            {"half_life_years", json_of(found.half_life_years)},
            {"note", found.note.empty() ? Json(nullptr) : Json(found.note)}};
}

Json pace_json(const Pace& pace) {
    return {{"years", pace.years},
            {"first", json_of(pace.first)},
            {"last", json_of(pace.last)},
            {"annual_change_percent", json_of(pace.annual_change_percent)},
            {"to_target", json_of(pace.to_target)},
            {"reached", pace.reached ? Json(*pace.reached) : Json(nullptr)},
            {"needed_change_percent", json_of(pace.needed_change_percent)},
            {"on_track", pace.on_track ? Json(*pace.on_track) : Json(nullptr)},
            {"to_benchmark", json_of(pace.to_benchmark)},
            {"note", pace.note.empty() ? Json(nullptr) : Json(pace.note)}};
}

Json study_json(const Prepared& prepared, const TrendStudy& study) {
    const auto& layer = prepared.atlas.layers[study.first_layer];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    Json means = Json::array();
    for (const auto& mean : study.means)
        means.push_back(json_of(mean));
    Json measures = Json::array();
    for (const auto& trend : study.measures)
        measures.push_back(measure_json(trend));
    Json regions = Json::array();
    for (std::size_t i = 0; i < study.of_regions.size(); ++i) {
        Json row{{"key", boundaries.regions[i].key}};
        row.update(pace_json(study.of_regions[i]));
        regions.push_back(std::move(row));
    }
    return {{"indicator", layer.indicator.code},
            {"vintage", boundaries.vintage},
            {"years", study.years},
            {"means", std::move(means)},
            {"breaks", study.breaks},
            {"benchmark", study.benchmark.empty() ? Json(nullptr) : Json(study.benchmark)},
            {"measures", std::move(measures)},
            {"convergence", convergence_json(study.convergence)},
            {"mean_pace", pace_json(study.of_mean)},
            {"regions", std::move(regions)}};
}

const MeasureTrend* find(const TrendStudy& study, std::string_view code) {
    const auto found = std::ranges::find(study.measures, code, &MeasureTrend::code);
    return found == study.measures.end() ? nullptr : &*found;
}

std::string p_text(double p, const Spoken& say) {
    return p < 0.001 ? "p < " + say.number(0.001, 3) : "p = " + say.number(p, 3);
}

std::string measure_line(const MeasureTrend& trend, const char* name, int decimals, const Spoken& say) {
    auto text =
        "  " + say("measure", fmt::arg("measure", say(name)),
                   fmt::arg("before", say.number(trend.before, decimals)), fmt::arg("from", trend.from_year),
                   fmt::arg("after", say.number(trend.after, decimals)), fmt::arg("to", trend.to_year),
                   fmt::arg("change", say(to_text(trend.direction))));
    if (trend.p)
        text += say(*trend.p < 0.05 ? "beyond_error" : "within_error", fmt::arg("p", p_text(*trend.p, say)));
    if (trend.line && trend.line->p)
        text += say(trend.line->slope < 0.0 ? "line_falls" : "line_rises",
                    fmt::arg("count", trend.line->count), fmt::arg("p", p_text(*trend.line->p, say)));
    return text + "\n";
}

/// Where gap and ratio go different ways a reader must be told why that is no mistake.
std::string verdict(const TrendStudy& study, int decimals, const Spoken& say) {
    const auto* gap = find(study, "D");
    const auto* ratio = find(study, "R");
    if (gap == nullptr) return say("no_difference");
    if (ratio == nullptr) return {};
    if (gap->direction == ratio->direction) {
        if (gap->direction == Trend::unchanged) return say("same_distance");
        return say(gap->direction == Trend::narrowed ? "nearer" : "apart");
    }
    if (!study.means.front() || !study.means.back()) return say("disagree");
    return say(*study.means.back() < *study.means.front() ? "disagree_lower" : "disagree_higher",
               fmt::arg("before", say.number(*study.means.front(), decimals + 1)),
               fmt::arg("after", say.number(*study.means.back(), decimals + 1)));
}

bool is_unsure(const TrendStudy& study) {
    const auto* gap = find(study, "D");
    return gap != nullptr && !gap->p;
}

std::string convergence_text(const Convergence& found, const Spoken& say) {
    if (!found.sigma)
        return "  " +
               say("no_convergence", fmt::arg("count", found.counted), fmt::arg("least", least_converging)) +
               "\n";
    auto text = "  " + say("sigma", fmt::arg("before", say.number(found.spread.front().second, 3)),
                           fmt::arg("from", found.spread.front().first),
                           fmt::arg("after", say.number(found.spread.back().second, 3)),
                           fmt::arg("to", found.spread.back().first));
    if (found.sigma->p)
        text += say("sigma_slope", fmt::arg("slope", say.number(found.sigma->slope, 4)),
                    fmt::arg("p", p_text(*found.sigma->p, say)));
    text += "\n";
    if (!found.beta) return text;
    text += "  " + say("beta", fmt::arg("slope", say.number(found.beta->slope, 4)));
    if (found.beta->p) text += fmt::format(" ({})", p_text(*found.beta->p, say));
    if (found.half_life_years)
        text += say("half_life", fmt::arg("years", say.number(*found.half_life_years, 0)));
    return text + "\n";
}

std::string percent_text(const std::optional<double>& percent, const Spoken& say) {
    if (!percent) return "-";
    return (*percent < 0.0 ? "" : "+") + say.number(*percent, 1) + " %";
}

std::string benchmark_text(const TrendStudy& study, int decimals, const Spoken& say) {
    auto text = "  " + say("benchmark", fmt::arg("value", say.number(*study.goals.benchmark, decimals)));
    if (study.benchmark_kind == Benchmark::published) text += ", " + say("benchmark_published");
    if (study.benchmark_kind == Benchmark::mean) text += ", " + say("benchmark_mean");
    if (study.benchmark_kind == Benchmark::region) text += ", " + study.benchmark_region.in(say.language());
    return text + "\n";
}

std::string region_rows(const Prepared& prepared, const TrendStudy& study, const Spoken& say) {
    const auto& layer = prepared.atlas.layers[study.first_layer];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    const int decimals = layer.indicator.decimals;
    const bool target = study.goals.target.has_value();
    const bool dated = study.goals.target_year.has_value();
    const bool benchmark = study.goals.benchmark.has_value();
    std::vector<std::vector<std::string>> rows{{say("column_region"), std::to_string(study.years.front()),
                                                std::to_string(study.years.back()), say("column_change")}};
    if (target) rows.front().push_back(say("column_to_target"));
    if (dated) rows.front().insert(rows.front().end(), {say("column_needed"), say("column_on_track")});
    if (benchmark) rows.front().push_back(say("column_to_benchmark"));
    const auto number = [&](const std::optional<double>& value) {
        return value ? say.number(*value, decimals) : std::string("-");
    };
    for (std::size_t i = 0; i < study.of_regions.size(); ++i) {
        const auto& pace = study.of_regions[i];
        const auto& region = boundaries.regions[i];
        std::vector<std::string> row{region.name.empty() ? region.key : region.name.in(say.language()),
                                     number(pace.first), number(pace.last),
                                     percent_text(pace.annual_change_percent, say)};
        if (target) row.push_back(number(pace.to_target));
        if (dated) {
            row.push_back(pace.reached.value_or(false) ? say("reached")
                                                       : percent_text(pace.needed_change_percent, say));
            row.push_back(pace.on_track ? say(*pace.on_track ? "yes" : "no") : "-");
        }
        if (benchmark) row.push_back(number(pace.to_benchmark));
        rows.push_back(std::move(row));
    }
    return aligned(rows);
}

std::string study_text(const Prepared& prepared, const TrendStudy& study, const Spoken& say) {
    const auto& layer = prepared.atlas.layers[study.first_layer];
    const auto& indicator = layer.indicator;
    const auto& vintage = prepared.atlas.boundaries_of(layer).vintage;
    auto text =
        say(vintage.empty() ? "title" : "title_units",
            fmt::arg("indicator", indicator.name.in(say.language())), fmt::arg("from", study.years.front()),
            fmt::arg("to", study.years.back()), fmt::arg("vintage", vintage)) +
        "\n";
    for (const int year : study.breaks)
        text += "  " + say("break", fmt::arg("year", year)) + "\n";
    if (const auto* gap = find(study, "D")) text += measure_line(*gap, "difference", indicator.decimals, say);
    if (const auto* ratio = find(study, "R")) text += measure_line(*ratio, "ratio", 2, say);
    if (const auto* theil = find(study, "TI")) text += measure_line(*theil, "theil", 2, say);
    if (const auto words = verdict(study, indicator.decimals, say); !words.empty())
        text += "  " + words + "\n";
    if (is_unsure(study)) text += "  " + say("not_sure") + "\n";
    text += convergence_text(study.convergence, say);
    text +=
        "  " + say("mean", fmt::arg("change", percent_text(study.of_mean.annual_change_percent, say))) + "\n";
    if (study.goals.benchmark) text += benchmark_text(study, indicator.decimals, say);
    return text + region_rows(prepared, study, say);
}

}  // namespace

std::string trend_json(const Prepared& prepared, const std::vector<TrendStudy>& studies,
                       const Findings& findings) {
    Json series = Json::array();
    for (const auto& study : studies)
        series.push_back(study_json(prepared, study));
    const Json json{
        {"schema", "tendik.trend/1"}, {"series", std::move(series)}, {"findings", findings_json(findings)}};
    return json.dump(2) + "\n";
}

FeatureLayer trend_layer(const Prepared& prepared, const TrendStudy& study, const std::string& name) {
    const auto& layer = prepared.atlas.layers[study.first_layer];
    FeatureLayer features{
        name, layer.indicator.name.in(Language::en), &prepared.atlas.boundaries_of(layer), {}};
    const auto add = [&](const char* field, std::optional<double> Pace::*what) {
        Field made{field, FieldType::real, {}, {}};
        for (const auto& pace : study.of_regions)
            made.cells.push_back(cell_of(pace.*what));
        features.fields.push_back(std::move(made));
    };
    add("first", &Pace::first);
    add("last", &Pace::last);
    add("annual_change_percent", &Pace::annual_change_percent);
    add("to_target", &Pace::to_target);
    add("needed_change_percent", &Pace::needed_change_percent);
    Field on_track{
        "on_track", FieldType::integer, {}, "1: the target is reached in time at the region's own pace"};
    for (const auto& pace : study.of_regions)
        on_track.cells.push_back(pace.on_track ? Cell{std::int64_t{*pace.on_track ? 1 : 0}} : Cell{});
    features.fields.push_back(std::move(on_track));
    add("to_benchmark", &Pace::to_benchmark);
    Field note{"note", FieldType::text, {}, {}};
    for (const auto& pace : study.of_regions)
        note.cells.push_back(pace.note.empty() ? Cell{} : Cell{pace.note});
    features.fields.push_back(std::move(note));
    return features;
}

std::string trend_csv(const Prepared& prepared, const std::vector<TrendStudy>& studies) {
    std::vector<Field> all{{"indicator", FieldType::text, {}, {}},
                           {"vintage", FieldType::text, {}, {}},
                           {"from", FieldType::integer, {}, {}},
                           {"to", FieldType::integer, {}, {}},
                           {"key", FieldType::text, {}, {}}};
    const auto own = all.size();
    for (const auto& study : studies) {
        const auto& layer = prepared.atlas.layers[study.first_layer];
        const auto& boundaries = prepared.atlas.boundaries_of(layer);
        const auto fields = trend_layer(prepared, study, "trend").fields;
        if (all.size() == own)
            for (const auto& field : fields)
                all.push_back({field.name, field.type, {}, {}});
        for (std::size_t i = 0; i < boundaries.regions.size(); ++i) {
            all[0].cells.emplace_back(layer.indicator.code);
            all[1].cells.push_back(boundaries.vintage.empty() ? Cell{} : Cell{boundaries.vintage});
            all[2].cells.emplace_back(std::int64_t{study.years.front()});
            all[3].cells.emplace_back(std::int64_t{study.years.back()});
            all[4].cells.emplace_back(boundaries.regions[i].key);
            for (std::size_t k = 0; k < fields.size(); ++k)
                all[own + k].cells.push_back(fields[k].cells[i]);
        }
    }
    return io::to_csv(all);
}

std::string trend_text(const Prepared& prepared, const std::vector<TrendStudy>& studies,
                       const std::filesystem::path& data_folder, Language language) {
    const Spoken say(data_folder, "trend", language);
    std::string text;
    for (const auto& study : studies)
        text += (text.empty() ? "" : "\n") + study_text(prepared, study, say);
    return text;
}

}  // namespace tendik::report
