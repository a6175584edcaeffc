#include "commands.h"
#include "shared_options.h"
#include "spatial_options.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"
#include "tendik/report/spatial_report.h"
#include "tendik/study/autocorrelation.h"
#include "tendik/study/steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace tendik::cli {
namespace {

WeightStyle style_of(const std::string& word) {
    for (const auto style : {WeightStyle::B, WeightStyle::W, WeightStyle::C, WeightStyle::U, WeightStyle::S})
        if (to_text(style) == word) return style;
    throw UsageError(fmt::format("there is no style '{}'", word));
}

class AutocorrelationCommand final : public Command {
public:
    AutocorrelationCommand()
        : Command("autocorrelation", "Whether and where likes lie together on the map",
                  "tendik autocorrelation --indicator poverty_below_subsistence_min --year 2020 \\\n      "
                  "--statistic local-moran --weights queen") {}

    int execute(Console& console) override {
        auto& options = m_step.options;
        if (m_style) options.style = style_of(*m_style);
        options.local.correction = *correction_from_text(m_correction);
        options.local.permutation.jobs = m_jobs;
        if (m_compat == "pysal") options.local.permutation.convention = Convention::esda;
        Findings findings;
        const auto prepared = prepare::load(plan_of_both(), findings);
        refuse_several(prepared);
        const auto& layers = prepared.atlas.layers;
        m_step.of = {layers.front().indicator.code};
        if (!m_with.empty()) m_step.with = layers.back().indicator.code;
        const auto studies = study::look_for_patterns(m_step, prepared, findings);
        console.show(findings);
        const auto& first = studies.front().found;
        console.result(m_format == "json"  ? report::autocorrelation_json(first, findings)
                       : m_format == "csv" ? report::autocorrelation_csv(first)
                                           : text_of(prepared, studies));
        return console.exit_code(findings);
    }

private:
    /// With a second indicator: both, on the boundaries of the first.
    Plan plan_of_both() const {
        const auto data_folder = plan::find_data_folder(m_data_folder);
        auto plan = plan_of_inputs(m_inputs, data_folder, NeedsBoundaries::yes);
        if (plan.indicators.empty()) throw UsageError("no table is given", "add --table FILE --value COLUMN");
        if (m_with.empty()) return plan;
        auto inputs = m_inputs;
        (m_inputs.table.empty() ? inputs.indicator : inputs.value) = m_with;
        for (auto& planned : plan_of_inputs(inputs, data_folder, NeedsBoundaries::yes).indicators)
            if (planned.vintage == plan.indicators.front().vintage)
                plan.indicators.push_back(std::move(planned));
        return plan;
    }

    /// One result has one layer, or a pair of them; only text tells of every year.
    void refuse_several(const Prepared& prepared) const {
        if (m_with.empty()) {
            if (m_format != "text") (void)report::only_layer(prepared);
            return;
        }
        if (prepared.atlas.layers.size() != 2)
            throw UsageError(
                fmt::format("two indicators of one year and vintage are wanted, {} layers are found",
                            prepared.atlas.layers.size()),
                "name --year and --vintage that both have");
    }

    std::string text_of(const Prepared& prepared, const std::vector<PatternStudy>& studies) const {
        std::string text;
        for (const auto& study : studies) {
            const auto& layer = prepared.atlas.layers[study.layer];
            text +=
                (text.empty() ? "" : "\n") +
                report::autocorrelation_text(study.found, layer, prepared.atlas.boundaries_of(layer),
                                             plan::find_data_folder(m_data_folder), language_of(m_language));
        }
        return text;
    }

    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs, m_idle, NeedsBoundaries::yes);
        const auto& statistics = study::autocorrelation_statistics();
        app.add_option("--statistic", m_step.options.statistic,
                       fmt::format("What is computed: {}", join_text(statistics, ", ")))
            ->type_name("NAME")
            ->check(CLI::IsMember(statistics).description(""))
            ->capture_default_str();
        app.add_option("--with", m_with,
                       "Second indicator (with --table: its column) for lee and bivariate-moran")
            ->type_name("CODE");
        app.add_option("--cut", m_step.options.cut, "Join counts: values above are high, the others low")
            ->type_name("NUMBER");
        declare_weights(app, m_step.options.weights);
        app.add_option("--style", m_style,
                       "How weights are scaled; without it B where the statistic counts neighbours, else W")
            ->type_name("W|B|C|U|S")
            ->check(CLI::IsMember({"W", "B", "C", "U", "S"}).description(""));
        app.add_option("--permutations", m_step.options.local.permutation.permutations,
                       "Random orders of the values; 0 means none")
            ->type_name("N")
            ->check(whole_number(0, 10'000'000))
            ->capture_default_str();
        app.add_option("--seed", m_step.options.local.permutation.seed, "Of the random orders")
            ->type_name("N")
            ->capture_default_str();
        declare_choice(app, "--correction", m_correction, {"bh", "by", "holm", "bonferroni", "none"},
                       "How p values of all regions are read together");
        declare_choice(
            app, "--compat", m_compat, {"none", "pysal"},
            "p and scales as PySAL's esda prints them: p of the smaller tail alone, local Moran with n - 1");
        declare_jobs(app, m_jobs);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
        m_idle.add(app, {"--seed"}, "it is of the random orders, and there are none",
                   [this] { return m_step.options.local.permutation.permutations > 0; });
        m_idle.add(
            app, {"--correction"},
            "one statistic of the whole map has one p: it belongs to the local ones, local-moran, gi, ...",
            [this] { return study::is_local_statistic(m_step.options.statistic); });
        m_idle.add(app, {"--lower-orders"}, "there is none below the first: --higher-order 2 or more",
                   [this] { return m_step.options.weights.order > 1; });
    }

    InputOptions m_inputs;
    PlannedAutocorrelation m_step;
    std::string m_with;
    std::optional<std::string> m_style;
    std::string m_correction = "bh";
    std::string m_compat = "none";
    std::size_t m_jobs = 0;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_autocorrelation_command() { return std::make_unique<AutocorrelationCommand>(); }

}  // namespace tendik::cli
