// Disparity over the years, for people and machines.
#include "tendik/report/trend_report.h"

#include "findings_json.h"
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

std::string p_text(double p) { return p < 0.001 ? "p < 0.001" : "p = " + fixed(p, 3); }

std::string measure_line(const MeasureTrend& trend, const char* name, int decimals) {
    auto text =
        fmt::format("  {}: {} in {}, {} in {}: {}", name, fixed(trend.before, decimals), trend.from_year,
                    fixed(trend.after, decimals), trend.to_year, to_text(trend.direction));
    if (trend.p)
        text += fmt::format("; {} sampling error ({})", *trend.p < 0.05 ? "more than" : "not more than",
                            p_text(*trend.p));
    if (trend.line && trend.line->p)
        text += fmt::format("; a straight line through {} years {} ({})", trend.line->count,
                            trend.line->slope < 0.0 ? "falls" : "rises", p_text(*trend.line->p));
    return text + "\n";
}

/// Where gap and ratio go different ways a reader must be told why that is no mistake.
std::string verdict(const TrendStudy& study, int decimals) {
    const auto* gap = find(study, "D");
    const auto* ratio = find(study, "R");
    if (gap == nullptr) return "  the difference is not defined in two of the years\n";
    if (ratio == nullptr) return {};
    if (gap->direction == ratio->direction) {
        if (gap->direction == Trend::unchanged) return "  regions are as far apart as they were\n";
        return fmt::format("  regions drew {}, by difference and by ratio\n",
                           gap->direction == Trend::narrowed ? "nearer to each other" : "apart");
    }
    std::string level;
    if (study.means.front() && study.means.back())
        level =
            fmt::format(": the mean went from {} to {}, and the same difference is {} of a {} level",
                        fixed(*study.means.front(), decimals + 1), fixed(*study.means.back(), decimals + 1),
                        *study.means.back() < *study.means.front() ? "more" : "less",
                        *study.means.back() < *study.means.front() ? "lower" : "higher");
    return fmt::format("  the two disagree{}; report both\n", level);
}

std::string sure_text(const TrendStudy& study) {
    const auto* gap = find(study, "D");
    if (gap == nullptr || gap->p) return {};
    return "  no sampling errors are known: whether a change is more than chance cannot be told from two "
           "years\n";
}

std::string convergence_text(const Convergence& found) {
    if (!found.sigma) return fmt::format("  convergence is not computed: {}\n", found.note);
    auto text = fmt::format("  spread of logarithms (sigma): {} in {}, {} in {}",
                            fixed(found.spread.front().second, 3), found.spread.front().first,
                            fixed(found.spread.back().second, 3), found.spread.back().first);
    if (found.sigma->p)
        text += fmt::format(", {} a year ({})", fixed(found.sigma->slope, 4), p_text(*found.sigma->p));
    text += "\n";
    if (!found.beta) return text;
    text += fmt::format("  catching up (beta): {}", fixed(found.beta->slope, 4));
    if (found.beta->p) text += fmt::format(" ({})", p_text(*found.beta->p));
    if (found.half_life_years)
        text += fmt::format("; half of a gap is gone in {} years; noise of the first year looks the same",
                            fixed(*found.half_life_years, 0));
    return text + "\n";
}

std::string change_text(const Pace& pace) {
    return pace.annual_change_percent ? fmt::format("{:+.1f} %", *pace.annual_change_percent) : "-";
}

std::string region_rows(const Prepared& prepared, const TrendStudy& study, Language language) {
    const auto& layer = prepared.atlas.layers[study.first_layer];
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    const int decimals = layer.indicator.decimals;
    const bool target = study.goals.target.has_value();
    const bool dated = study.goals.target_year.has_value();
    const bool benchmark = study.goals.benchmark.has_value();
    std::vector<std::vector<std::string>> rows{
        {"region", std::to_string(study.years.front()), std::to_string(study.years.back()), "a year"}};
    if (target) rows.front().emplace_back("to target");
    if (dated) rows.front().insert(rows.front().end(), {"needed a year", "on track"});
    if (benchmark) rows.front().emplace_back("to benchmark");
    const auto number = [decimals](const std::optional<double>& value) {
        return value ? fixed(*value, decimals) : std::string("-");
    };
    for (std::size_t i = 0; i < study.of_regions.size(); ++i) {
        const auto& pace = study.of_regions[i];
        const auto& region = boundaries.regions[i];
        std::vector<std::string> row{region.name.empty() ? region.key : region.name.in(language),
                                     number(pace.first), number(pace.last), change_text(pace)};
        if (target) row.push_back(number(pace.to_target));
        if (dated) {
            row.push_back(pace.needed_change_percent ? fmt::format("{:+.1f} %", *pace.needed_change_percent)
                                                     : "-");
            row.emplace_back(pace.on_track ? *pace.on_track ? "yes" : "no" : "-");
        }
        if (benchmark) row.push_back(number(pace.to_benchmark));
        rows.push_back(std::move(row));
    }
    return aligned(rows);
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

std::string trend_text(const Prepared& prepared, const TrendStudy& study, Language language) {
    const auto& layer = prepared.atlas.layers[study.first_layer];
    const auto& indicator = layer.indicator;
    const auto& boundaries = prepared.atlas.boundaries_of(layer);
    auto text =
        fmt::format("{}, {} to {}{}\n", indicator.name.in(language), study.years.front(), study.years.back(),
                    boundaries.vintage.empty() ? "" : ", units of " + boundaries.vintage);
    for (const int year : study.breaks)
        text += fmt::format("  a break in {}: figures before and after are not of one kind\n", year);
    if (const auto* gap = find(study, "D")) text += measure_line(*gap, "difference", indicator.decimals);
    if (const auto* ratio = find(study, "R")) text += measure_line(*ratio, "ratio", 2);
    if (const auto* theil = find(study, "TI")) text += measure_line(*theil, "Theil index (x1000)", 2);
    text += verdict(study, indicator.decimals) + sure_text(study) + convergence_text(study.convergence);
    text += fmt::format("  mean of the regions: {} a year\n", change_text(study.of_mean));
    if (study.goals.benchmark)
        text += fmt::format("  benchmark: {}, {}\n", fixed(*study.goals.benchmark, indicator.decimals),
                            study.benchmark);
    return text + region_rows(prepared, study, language);
}

}  // namespace tendik::report
