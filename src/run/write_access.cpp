#include "tendik/run/write_access.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/report/access_report.h"
#include "tendik/report/raster_report.h"

#include <fmt/format.h>

namespace tendik::run {
namespace {

/// The table as a layer of the regions, or as it is printed.
void write_table(const ZonalTable& table, const Boundaries& boundaries, const AccessTargets& targets,
                 const std::string& title, const std::string& json, Findings& findings) {
    const auto ending = fold(targets.table.extension().string());
    if (ending == ".json") return write_file(targets.table, json);
    if (ending == ".csv") return write_file(targets.table, report::raster_csv(table));
    const FeatureLayer layer{targets.table.stem().string(), title, &boundaries, report::raster_fields(table)};
    findings.append(io::write_layers(targets.table, {layer}, {}, targets.crs));
}

}  // namespace

void refuse_bad_targets(const AccessTargets& targets) {
    if (targets.rows.empty()) return;
    if (fold(targets.rows.extension().string()) != ".csv")
        throw InputError(
            fmt::format("{}: unknown ending '{}'", targets.rows.string(), targets.rows.extension().string()),
            "rows are written as .csv");
    if (targets.rows == targets.table)
        throw InputError(fmt::format("the table and its rows both go to '{}'", targets.rows.string()),
                         "name two files");
}

void write_proximity(const Proximity& proximity, const Boundaries& boundaries, const AccessTargets& targets,
                     Findings& findings) {
    if (!targets.table.empty())
        write_table(proximity.table, boundaries, targets, "Within distances of sites",
                    report::proximity_json(proximity, findings), findings);
    if (!targets.rows.empty()) write_file(targets.rows, report::proximity_csv(proximity));
}

}  // namespace tendik::run
