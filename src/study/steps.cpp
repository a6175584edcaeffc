// [[autocorrelation]] and [[index]] of a plan, as the commands of the same names.
#include "tendik/study/steps.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/spatial/multiple_testing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace tendik::study {
namespace {

InputError as_fault_of_plan(const UsageError& error) {
    InputError fault(error.what(), error.hint());
    for (const auto& frame : error.context())
        fault.add_context(frame);
    return fault;
}

/// A fault in a step is one of the plan, though the words are those of the command line.
template <class Work>
auto at_step(const std::string& where, Work&& work) {
    if (where.empty()) return work();
    return while_doing(fmt::format("carrying out the step at {}", where), [&] {
        try {
            return work();
        } catch (const UsageError& error) {
            throw as_fault_of_plan(error);
        }
    });
}

/// Whether regions may be told apart by the layer at all.
bool can_be_compared(const Layer& layer) {
    return layer.display == Display::classes && !layer.indicator.partial &&
           (!layer.modelled || layer.modelled->can_rank) && present_count(layer.values) > 0;
}

template <class Wanted>
bool is_among(const std::vector<Wanted>& wanted, const Wanted& one) {
    return wanted.empty() || std::ranges::find(wanted, one) != wanted.end();
}

void refuse_unknown(const std::vector<std::string>& wanted, const Atlas& atlas) {
    std::vector<std::string> known;
    for (const auto& layer : atlas.layers)
        if (std::ranges::find(known, layer.indicator.code) == known.end())
            known.push_back(layer.indicator.code);
    for (const auto& code : wanted) {
        if (std::ranges::find(known, code) != known.end()) continue;
        const auto near = nearest(code, known);
        throw InputError(fmt::format("the plan has no indicator '{}'", code),
                         near ? fmt::format("did you mean '{}'?", *near)
                              : fmt::format("it has: {}", join_text(known, ", ")));
    }
}

/// The last year of each indicator; where no vintage is named, on the units that it was published for.
std::vector<std::size_t> latest_of(const std::vector<std::size_t>& layers, const Atlas& atlas, bool carried) {
    std::map<std::string, std::size_t> latest;
    for (const auto index : layers) {
        const auto& layer = atlas.layers[index];
        if (layer.carried && !carried) continue;
        const auto found = latest.emplace(layer.indicator.code, index).first;
        if (layer.year > atlas.layers[found->second].year) found->second = index;
    }
    std::vector<std::size_t> kept;
    std::ranges::copy_if(layers, std::back_inserter(kept), [&](std::size_t index) {
        const auto found = latest.find(atlas.layers[index].indicator.code);
        return found != latest.end() && found->second == index;
    });
    return kept;
}

std::vector<std::size_t> layers_meant(const PlannedAutocorrelation& step, const Atlas& atlas) {
    refuse_unknown(step.of, atlas);
    std::vector<std::size_t> layers;
    for (std::size_t i = 0; i < atlas.layers.size(); ++i) {
        const auto& layer = atlas.layers[i];
        const bool vintage_fits = step.vintage.empty() || atlas.boundaries_of(layer).vintage == step.vintage;
        const bool year_fits = step.years.empty() || (layer.year && is_among(step.years, *layer.year));
        const bool named = step.of.empty() ? can_be_compared(layer) : is_among(step.of, layer.indicator.code);
        if (vintage_fits && year_fits && named) layers.push_back(i);
    }
    if (step.latest) layers = latest_of(layers, atlas, !step.vintage.empty());
    if (layers.empty())
        throw InputError(
            fmt::format("the atlas has no map of {}{}{}",
                        step.of.empty() ? "any indicator" : quoted_list(step.of),
                        step.years.empty() ? "" : fmt::format(" in {}", fmt::join(step.years, ", ")),
                        step.vintage.empty() ? "" : fmt::format(" on the units of '{}'", step.vintage)),
            "name a year and a vintage that the plan has figures of");
    return layers;
}

/// The second indicator in the same year on the same units.
std::optional<std::size_t> second_of(const PlannedAutocorrelation& step, const Atlas& atlas,
                                     std::size_t index) {
    if (step.with.empty()) return std::nullopt;
    refuse_unknown({step.with}, atlas);
    const auto& first = atlas.layers[index];
    for (std::size_t i = 0; i < atlas.layers.size(); ++i) {
        const auto& layer = atlas.layers[i];
        if (i != index && layer.indicator.code == step.with && layer.year == first.year &&
            layer.boundaries == first.boundaries)
            return i;
    }
    throw InputError(
        fmt::format("'{}' has no figures of the year and units of '{}'", step.with, first.name()),
        "name a year and a vintage that both have");
}

std::optional<double> p_of(const Autocorrelation& found) {
    if (!found.global) return std::nullopt;
    return found.global->p_permutation ? found.global->p_permutation : found.global->randomisation.p;
}

void adjust_for_all_maps(std::vector<PatternStudy>& studies, Correction correction) {
    std::vector<double> p;
    for (const auto& study : studies)
        if (study.p) p.push_back(*study.p);
    // A step may leave the regions of one map uncorrected, but who looks at many maps must not.
    if (correction == Correction::none) correction = Correction::bh;
    const auto adjusted = spatial::adjust(p, correction);
    std::size_t next = 0;
    for (auto& study : studies) {
        study.correction = correction;
        if (study.p) study.p_adjusted = adjusted[next++];
    }
}

void add_new(const Findings& more, Findings& findings) {
    for (const auto& finding : more.all())
        if (std::ranges::find(findings.all(), finding) == findings.all().end()) findings.add(finding);
}

bool has_series(const Prepared& prepared) {
    for (std::size_t i = 0; i < prepared.results.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (prepared.results[i].series == prepared.results[k].series &&
                can_be_compared(prepared.atlas.layers[i]) && can_be_compared(prepared.atlas.layers[k]) &&
                prepared.atlas.layers[i].year && prepared.atlas.layers[k].year)
                return true;
    return false;
}

}  // namespace

std::vector<PatternStudy> look_for_patterns(const PlannedAutocorrelation& step, const Prepared& prepared,
                                            Findings& findings) {
    return at_step(step.where, [&] {
        std::vector<PatternStudy> studies;
        Findings told;
        for (const auto index : layers_meant(step, prepared.atlas)) {
            const auto second = second_of(step, prepared.atlas, index);
            auto found =
                while_doing(fmt::format("looking at '{}'", prepared.atlas.layers[index].name()),
                            [&] { return autocorrelate(prepared, index, second, step.options, told); });
            const auto p = p_of(found);
            studies.push_back({index, std::move(found), p, std::nullopt, {}});
        }
        adjust_for_all_maps(studies, step.options.local.correction);
        add_new(told, findings);
        return studies;
    });
}

IndexStudy score(const PlannedIndexStep& step, std::size_t jobs, const std::filesystem::path& builtin,
                 Findings& findings) {
    return at_step(step.where, [&] {
        IndexStudy study;
        study.planned = score::read_index(step.file, builtin);
        score::take_draws(step, jobs, study.planned);
        Findings told;
        const auto prepared = prepare::load(study.planned.plan, told);
        study.scored = score::score_index(study.planned, prepared.atlas, told);
        study.boundaries = prepared.atlas.boundaries[study.scored.boundaries];
        add_new(told, findings);
        return study;
    });
}

Studies carry_out(const Plan& plan, const Prepared& prepared, const std::filesystem::path& builtin,
                  Findings& findings) {
    Studies studies;
    for (auto step : plan.autocorrelations) {
        step.options.local.permutation.jobs = plan.jobs;
        studies.patterns.push_back(look_for_patterns(step, prepared, findings));
    }
    for (const auto& step : plan.indexes)
        studies.indexes.push_back(score(step, plan.jobs, builtin, findings));
    Findings single_years;  // no news where nobody asked for a trend
    if (has_series(prepared)) studies.trends = follow(prepared, {}, single_years);
    return studies;
}

}  // namespace tendik::study
