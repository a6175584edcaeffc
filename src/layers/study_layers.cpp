#include "tendik/layers/study_layers.h"

#include "tendik/base/atomic_file.h"
#include "tendik/layers/index_layers.h"
#include "tendik/report/index_report.h"
#include "tendik/report/spatial_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace tendik::layers {
namespace {

namespace fs = std::filesystem;

Cell cell_of(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }

/// One column of a local statistic; regions that left it have nothing.
Field local_field(const Boundaries& boundaries, const Autocorrelation& found, std::string name,
                  FieldType type, std::string alias, const std::function<Cell(const LocalValue&)>& pick) {
    std::map<std::string, const LocalValue*> by_key;
    for (std::size_t i = 0; i < found.keys.size(); ++i)
        by_key[found.keys[i]] = &found.local->regions[i];
    Field field{std::move(name), type, {}, std::move(alias)};
    for (const auto& region : boundaries.regions) {
        const auto known = by_key.find(region.key);
        field.cells.push_back(known == by_key.end() ? Cell{} : pick(*known->second));
    }
    return field;
}

void add_local_fields(std::vector<Field>& fields, const Boundaries& boundaries, const Autocorrelation& found,
                      const std::string& name) {
    const auto add = [&](const std::string& ending, FieldType type, const std::string& alias,
                         const auto& pick) {
        fields.push_back(local_field(boundaries, found, name + ending, type, alias, pick));
    };
    add("", FieldType::real, found.statistic + " by " + found.weights,
        [](const LocalValue& one) { return cell_of(one.value); });
    add("_p", FieldType::real, "p, two-sided, of this region alone",
        [](const LocalValue& one) { return cell_of(one.p); });
    add("_p_adjusted", FieldType::real, "p, corrected for all regions of the map",
        [](const LocalValue& one) { return cell_of(one.p_adjusted); });
    add("_cluster", FieldType::text,
        "What the region is among its neighbours, where the corrected p is 0.05 or less",
        [](const LocalValue& one) { return Cell{std::string(to_text(one.cluster))}; });
}

}  // namespace

std::vector<Field> pattern_fields(const Studies& studies, std::size_t layer, const Boundaries& boundaries) {
    std::vector<Field> fields;
    std::set<std::string> taken;
    for (const auto& step : studies.patterns)
        for (const auto& study : step) {
            if (study.layer != layer || !study.found.local) continue;
            auto name = study.found.statistic;
            std::ranges::replace(name, '-', '_');
            const auto plain = name;
            for (int number = 2; !taken.insert(name).second; ++number)
                name = fmt::format("{}_{}", plain, number);
            add_local_fields(fields, boundaries, study.found, name);
        }
    return fields;
}

void write_study_tables(const Prepared& prepared, const Studies& studies, const fs::path& folder) {
    for (std::size_t i = 0; i < studies.patterns.size(); ++i)
        write_plain_file(folder / fmt::format("autocorrelation_{}.csv", i + 1),
                         report::patterns_csv(prepared, studies.patterns[i]));
    for (std::size_t i = 0; i < studies.indexes.size(); ++i)
        write_plain_file(folder / (index_name(i) + ".csv"), report::index_csv(studies.indexes[i].scored));
}

}  // namespace tendik::layers
