#include "tendik/run/write_answer.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/layers/result_layers.h"
#include "tendik/report/report.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::run {

void write_answer(const Answer& answer, const std::filesystem::path& target, const Crs& crs,
                  Findings& findings) {
    const auto ending = fold(target.extension().string());
    if (ending == ".json") return write_file(target, answer.json());
    if (ending == ".csv") return write_file(target, answer.csv());
    if (!answer.layer)
        throw InputError(fmt::format("{}: the result is a table and no layer", target.string()),
                         "write .csv or .json");
    const auto layer = answer.layer(target.stem().string());
    if (std::ranges::all_of(layer.boundaries->regions,
                            [](const Region& region) { return region.shape.parts.empty(); }))
        throw InputError(
            fmt::format("'{}' would be a layer, and the regions have no borders", target.string()),
            "write .csv or .json, or name boundaries");
    findings.append(io::write_layers(target, {layer}, {}, crs));
}

void write_measured(const Prepared& prepared, const std::filesystem::path& target, const Crs& crs,
                    Findings& findings) {
    const Answer answer{
        [&] { return report::measures_json(prepared, report::only_layer(prepared), findings); },
        [&] { return layers::measured_regions_csv(prepared); },
        [&](const std::string& name) {
            return layers::measured_layer(prepared, report::only_layer(prepared), name);
        }};
    write_answer(answer, target, crs, findings);
}

void write_classed(const Prepared& prepared, const std::filesystem::path& target, const Crs& crs,
                   Findings& findings) {
    const Answer answer{
        [&] { return report::classes_json(prepared, report::only_layer(prepared), findings); },
        [&] { return report::classes_csv(prepared); },
        [&](const std::string& name) {
            return layers::classed_layer(prepared, report::only_layer(prepared), name);
        }};
    write_answer(answer, target, crs, findings);
}

void write_pairs(const Prepared& prepared, const std::filesystem::path& target) {
    if (fold(target.extension().string()) != ".csv")
        throw InputError(fmt::format("{}: pairs of regions are a table", target.string()),
                         "write .csv; --format json holds them, too");
    write_file(target, report::pairs_csv(prepared));
}

}  // namespace tendik::run
