#include "tendik/run/write_index.h"

#include "tendik/base/atomic_file.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/report/index_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::run {

void write_index(const ScoredIndex& scored, const Boundaries& boundaries, const std::filesystem::path& target,
                 const Crs& crs, Findings& findings) {
    const auto ending = fold(target.extension().string());
    if (ending == ".json") return write_file(target, report::index_json(scored, findings));
    if (ending == ".csv") return write_file(target, report::index_csv(scored));
    if (std::ranges::all_of(boundaries.regions,
                            [](const Region& region) { return region.shape.parts.empty(); }))
        throw InputError(
            fmt::format("'{}' would be a layer, and the regions have no borders", target.string()),
            "write .csv or .json, or name a plan with boundaries in the file: plan = \"plan.toml\"");
    const FeatureLayer layer{target.stem().string(), scored.title.en, &boundaries,
                             report::index_fields(scored)};
    findings.append(io::write_layers(target, {layer}, {}, crs));
}

}  // namespace tendik::run
