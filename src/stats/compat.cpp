#include "tendik/stats/compat.h"

#include "compat.h"
#include "measure_kind.h"
#include "ordered.h"
#include "tendik/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tendik {

std::string_view to_text(Compat compat) {
    return compat == Compat::heat ? "heat" : compat == Compat::pysal ? "pysal" : "none";
}

std::optional<Compat> compat_from_text(std::string_view text) {
    for (const auto compat : {Compat::none, Compat::heat, Compat::pysal})
        if (text == to_text(compat)) return compat;
    return std::nullopt;
}

}  // namespace tendik

namespace tendik::stats {
namespace {

constexpr std::array<std::string_view, 21> known{"D",    "R",     "ACI",   "RCI",  "SII",  "RII",  "BGV",
                                                 "BGSD", "COV",   "MDMU",  "MDMW", "MDBU", "MDBW", "MDRU",
                                                 "MDRW", "IDISU", "IDISW", "TI",   "MLD",  "PAR",  "PAF"};
constexpr std::array<std::string_view, 10> drawn{"BGSD", "COV",  "MDMU", "MDMW",  "MDBU",
                                                 "MDBW", "MDRU", "MDRW", "IDISU", "IDISW"};

double normal_95() { return normal_quantile(0.975); }

void set_interval(Measure& measure, double se, double times = 1.0) {
    measure.se = se;
    measure.lower = *measure.value - normal_95() * se * times;
    measure.upper = *measure.value + normal_95() * se * times;
}

void set_log_interval(Measure& measure, double se) {
    measure.se = se;
    measure.lower = *measure.value * std::exp(-normal_95() * se);
    measure.upper = *measure.value * std::exp(normal_95() * se);
}

/// People rounded up before they are ranked, counts rounded to whole people, and each group weighted by its
/// people twice over.
std::optional<RankFit> fit_rounded(const Groups& groups) {
    auto whole = groups;
    for (double& people : whole.size)
        people = std::ceil(people);
    const double total = sum_over(whole, [&](std::size_t k) { return whole.size[k]; });
    std::vector<double> shares, weights;
    for (std::size_t k = 0; k < whole.count(); ++k) {
        const double people = whole.size[k];
        whole.share[k] = people / total;
        // R rounds halves to even, as this does.
        shares.push_back(std::nearbyint(whole.value[k] / *whole.scale * people) / people);
        weights.push_back(people * people);
    }
    return fit_logit(ridits_by(whole, whole.order), std::move(shares), std::move(weights));
}

void change_slope(Measure& measure, const Groups& groups) {
    if (!groups.scale) return;
    const auto fit = fit_rounded(groups);
    if (!fit) return;
    const auto noise = residual_covariance(*fit);
    if (measure.code == "RII") {
        measure.value = fit->ratio();
        set_log_interval(measure, log_ratio_error(*fit, noise));
        return;
    }
    measure.value = fit->difference() * *groups.scale;
    set_interval(measure, difference_error(*fit, noise), *groups.scale);
}

/// A zero becomes a millionth, and the error is not multiplied by 1000.
void change_entropy(Measure& measure, const Groups& groups) {
    auto positive = groups;
    for (double& value : positive.value)
        if (value == 0.0) value = 0.000001;
    describe_values(positive);
    const auto kind = std::ranges::find(inequality_kinds(), measure.code, &MeasureKind::code);
    if (!kind->undefined(positive).empty()) return;
    measure.note.clear();
    measure.value = kind->value(positive);
    if (!positive.error.empty()) set_interval(measure, kind->error(positive) / 1000.0);
}

/// As if every one of N people had been asked: Walter, Int J Epidemiol 7:175, 1978. The error of PAF is that
/// of the fraction, not of the per cent.
void change_attributable(Measure& measure, const Groups& groups) {
    if (!groups.scale) return;
    const auto reference = model_groups(groups);
    const double total = sum_over(groups, [&](std::size_t k) { return groups.size[k]; });
    double people = 0.0;
    for (const auto k : reference)
        people += groups.size[k];
    const double c = mean_of(groups, reference) / *groups.scale * people;
    const double d = people - c;
    const double a = groups.mean / *groups.scale * total - c;
    const double b = total - a - people;
    const double error =
        std::sqrt(c * total * (a * d * (total - c) + b * c * c) / (std::pow(a + c, 3) * std::pow(c + d, 3)));
    set_interval(measure, measure.code == "PAR" ? groups.mean * error : error);
}

}  // namespace

bool heat_draws(std::string_view code) { return std::ranges::find(drawn, code) != drawn.end(); }
bool heat_knows(std::string_view code) { return std::ranges::find(known, code) != known.end(); }

void change_to_heat(Measure& measure, const Groups& groups) {
    const auto& code = measure.code;
    const bool of_entropy = code == "TI" || code == "MLD";
    if (of_entropy) change_entropy(measure, groups);
    if (!measure.value || of_entropy) return;
    if (code == "SII" || code == "RII") change_slope(measure, groups);
    if (code == "PAR" || code == "PAF") change_attributable(measure, groups);
    if (code == "ACI") set_interval(measure, concentration_regression_error(groups));
    if (code == "RCI") set_interval(measure, concentration_regression_error(groups) / groups.mean);
    if (measure.se && (code == "D" || code == "BGV")) set_interval(measure, *measure.se);
    if (measure.se && code == "R") set_log_interval(measure, *measure.se);
}

void change_to_pysal(Measures& result) {
    constexpr std::string_view code = "WOLFSON";
    for (auto& measure : result.measures) {
        if (measure.code != code || !measure.value) continue;
        for (auto* number :
             {&measure.value, &measure.se, &measure.lower, &measure.upper, &measure.bias, &measure.debiased})
            if (*number) **number /= 2.0;
        measure.note +=
            (measure.note.empty() ? "" : "; ") + std::string("as PySAL has it: half of Wolfson's");
    }
    for (auto& region : result.regions)
        for (auto& [of, influence] : region.influence)
            if (of == code) influence /= 2.0;
}

}  // namespace tendik::stats
