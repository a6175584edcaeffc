// What went on in an index but deserves a look.
#include "index_findings.h"

#include "tendik/base/text.h"

#include <fmt/format.h>

#include <map>

namespace tendik::score {
namespace {

std::string shape_text(const std::optional<double>& skew, const std::optional<double>& kurtosis) {
    if (!skew || !kurtosis) return "of no shape";
    return fmt::format("skewness {}, kurtosis {}", fixed(*skew, 2), fixed(*kurtosis, 2));
}

void report_treatment(const ScoredIndex& scored, std::size_t indicator, Findings& findings) {
    const auto& treatment = scored.result.treatments[indicator];
    const auto& code = scored.tree.indicators[indicator].code;
    if (treatment.kind == TreatmentKind::none) return;
    const auto before = shape_text(treatment.skew, treatment.kurtosis);
    const auto after = shape_text(treatment.skew_after, treatment.kurtosis_after);
    if (treatment.kind == TreatmentKind::logarithm) {
        findings.add(Severity::note, "index-treated", code,
                     fmt::format("{}: all {} values are put on a logarithmic scale ({} then)", before,
                                 treatment.cells.size(), after));
    } else {
        for (const auto& cell : treatment.cells)
            findings.add(Severity::note, "index-treated", code,
                         fmt::format("{}: {} counts as {} in '{}' ({} then)", before, shortest(cell.before),
                                     shortest(cell.after), scored.keys[cell.region], after));
    }
    if (!treatment.within_limits)
        findings.add(Severity::warning, "index-outlying", code,
                     fmt::format("its outliers outweigh the other regions after treatment, too ({})", after));
}

void report_indicators(const ScoredIndex& scored, Findings& findings) {
    const auto& result = scored.result;
    for (std::size_t i = 0; i < scored.tree.indicators.size(); ++i) {
        const auto& code = scored.tree.indicators[i].code;
        report_treatment(scored, i, findings);
        if (!result.undefined[i].empty())
            findings.add(Severity::error, "index-undefined", code,
                         fmt::format("{}: it tells regions apart nowhere and counts in no score",
                                     result.undefined[i]));
        const auto& correlation = result.with_index[i];
        if (correlation.value && *correlation.value < 0.0)
            findings.add(
                Severity::note, "index-opposed", code,
                fmt::format("where it is better, the index tends to be worse (correlation {} over {} "
                            "regions)",
                            fixed(*correlation.value, 2), correlation.counted));
    }
}

std::string region_label(const ScoredIndex& scored, std::size_t region) {
    const auto& name = scored.names[region].en;
    const auto& key = scored.keys[region];
    return name.empty() || name == key ? key : fmt::format("{} ({})", name, key);
}

/// Indicators below a node (or itself) without a figure that counts in a region, by the reason.
void collect(const ScoredIndex& scored, const Absence& absence, std::size_t place, std::size_t region,
             std::map<std::string, std::vector<std::string>>& codes_by_reason) {
    const auto& node = scored.tree.nodes[place];
    for (const auto child : node.children)
        collect(scored, absence, child, region, codes_by_reason);
    if (!node.indicator || scored.result.scores[place][region].present()) return;
    const auto& why = absence.why[*node.indicator][region];
    const auto& undefined = scored.result.undefined[*node.indicator];
    codes_by_reason[why.empty() ? undefined : why].push_back(node.code);
}

/// "'stunting', 'overweight' (only that of South Kazakhstan, which it was part of); 'income' (missing)".
std::string absent_text(const ScoredIndex& scored, const Absence& absence,
                        const std::vector<std::size_t>& nodes, std::size_t region) {
    std::map<std::string, std::vector<std::string>> codes_by_reason;
    for (const auto place : nodes)
        collect(scored, absence, place, region, codes_by_reason);
    std::vector<std::string> parts;
    for (const auto& [reason, codes] : codes_by_reason)
        parts.push_back(fmt::format("{} ({})", quoted_list(codes), reason));
    return join_text(parts, "; ");
}

void report_regions(const ScoredIndex& scored, const Absence& absence, Findings& findings) {
    for (std::size_t region = 0; region < scored.keys.size(); ++region) {
        const auto& missing = scored.result.reweighted[region];
        const bool has_score = scored.result.scores.front()[region].present();
        if (has_score && !missing.empty())
            findings.add(Severity::warning, "index-reweighted", region_label(scored, region),
                         fmt::format("no figure that counts of {}: the others weigh more",
                                     absent_text(scored, absence, missing, region)));
        if (!has_score)
            findings.add(
                Severity::warning, "index-no-score", region_label(scored, region),
                fmt::format("no index, less than {} of the weight is known: no figure that counts "
                            "of {}",
                            shortest(scored.options.least_share), absent_text(scored, absence, {0}, region)));
    }
}

void report_weights(const ScoredIndex& scored, Findings& findings) {
    const auto& nodes = scored.tree.nodes;
    for (const auto place : scored.result.unweighable)
        findings.add(Severity::warning, "index-no-component", nodes[place].code,
                     "its children have no principal component: too few regions have all of them, or one is "
                     "constant; they weigh as given");
    for (const auto place : scored.result.opposed)
        findings.add(Severity::warning, "index-opposed", nodes[place].code,
                     "points against its siblings in their principal component");
}

}  // namespace

void report_index(const ScoredIndex& scored, const Absence& absence, Findings& findings) {
    report_indicators(scored, findings);
    report_weights(scored, findings);
    report_regions(scored, absence, findings);
}

}  // namespace tendik::score
