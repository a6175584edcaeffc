#include "commands.h"
#include "precision_options.h"
#include "shared_options.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/installation.h"
#include "tendik/prepare/prepare.h"
#include "tendik/report/report.h"
#include "tendik/run/write_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

namespace tendik::cli {
namespace {

class ClassifyCommand final : public Command {
public:
    ClassifyCommand()
        : Command("classify", "Class breaks, counts and fit of one indicator",
                  "tendik classify --table figures.csv --key code --value stunting \\\n      --scheme fisher "
                  "--classes 5") {}

    int execute(Console& console) override {
        const auto measuring = measuring_of(m_precision, m_inputs.table);
        const auto data_folder = plan::find_data_folder(m_data_folder);
        auto plan = plan_of_inputs(m_inputs, data_folder, NeedsBoundaries::no);
        if (plan.indicators.empty()) throw UsageError("no table is given", "add --table FILE --value COLUMN");
        for (auto& planned : plan.indicators)
            planned.measuring = measuring;
        plan.maps.scheme = scheme();
        plan.maps.breaks = breaks();
        plan.maps.class_count = m_classes;
        plan.maps.round_breaks = m_round;
        plan.maps.compat = compat_from_text(m_compat).value_or(Compat::none);
        Findings findings;
        const auto prepared = prepare::prepare(plan, findings);
        if (!m_output.empty()) run::write_classed(prepared, m_output, {m_crs}, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(report::classes_json(prepared, report::only_layer(prepared), findings));
        else if (m_format == "csv")
            console.result(report::classes_csv(prepared));
        else
            for (std::size_t i = 0; i < prepared.atlas.layers.size(); ++i)
                console.result((i > 0 ? "\n" : "") +
                               report::classes_text(prepared, i, data_folder, language_of(m_language)));
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        declare_inputs(app, m_inputs, m_idle, NeedsBoundaries::no);
        declare_choice(app, "--scheme", m_scheme, scheme_words(),
                       "How breaks are found, fisher unless said; the years of a series share theirs");
        app.add_option("--breaks", m_breaks, "Breaks of your own, ascending: 5,10,15,25,35 (scheme fixed)")
            ->type_name("LIST");
        app.add_option("--classes", m_classes, "Number of classes, 1 to 12")
            ->type_name("N")
            ->check(whole_number(1, 12))
            ->capture_default_str();
        app.add_flag("--round", m_round,
                     "Round breaks to the fewest decimals that keep every value in its class");
        declare_choice(
            app, "--compat", m_compat, {"none", "pysal"},
            "Breaks as PySAL's mapclassify has them: fisher at the largest value of a class, head-tail "
            "on to a single value");
        declare_precision(app, m_precision, "intervals");
        app.add_option(
               "-o,--output", m_output,
               "A row a region with its class: .csv, .json or, of one year, a layer: .gpkg, .geojson, ...")
            ->type_name("FILE");
        declare_crs(app, m_crs, m_idle, m_output);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
        declare_idle(app);
    }

    void declare_idle(const CLI::App& app) {
        const auto scheme_is_none_of = [this](const std::vector<Scheme>& schemes) {
            return [this, schemes] { return std::ranges::find(schemes, scheme()) == schemes.end(); };
        };
        m_idle.add(app, {"--classes"},
                   "--breaks, head-tail, std, box and percentile have a number of their own",
                   scheme_is_none_of({Scheme::fixed, Scheme::head_tail, Scheme::standard_deviation,
                                      Scheme::box, Scheme::percentile}));
        m_idle.add(app, {"--round"}, "--breaks and pretty are round as they are",
                   scheme_is_none_of({Scheme::fixed, Scheme::pretty}));
        m_idle.add(app, {"--compat"}, "it belongs to --scheme fisher and head-tail", [this] {
            return m_compat == "none" || scheme() == Scheme::fisher || scheme() == Scheme::head_tail;
        });
        add_idle_scale(m_idle, app, m_precision);
    }

    Scheme scheme() const {
        if (!m_scheme.empty()) return *scheme_from_text(m_scheme);
        return m_breaks.empty() ? Scheme::fisher : Scheme::fixed;
    }

    std::vector<double> breaks() const {
        if ((scheme() == Scheme::fixed) == m_breaks.empty())
            throw UsageError(fmt::format("--scheme {} {} --breaks", to_text(scheme()),
                                         m_breaks.empty() ? "without" : "with"),
                             "breaks of your own and the scheme fixed go together");
        std::vector<double> breaks;
        for (const auto& part : m_breaks.empty() ? std::vector<std::string>{} : split(m_breaks, ',')) {
            const auto number = parse_number(trim(part));
            if (!number || (!breaks.empty() && !(*number > breaks.back())))
                throw UsageError(fmt::format("--breaks: '{}' is no number above the one before", part),
                                 "write numbers from low to high, such as 5,10,15");
            breaks.push_back(*number);
        }
        return breaks;
    }

    InputOptions m_inputs;
    PrecisionOptions m_precision;
    std::string m_scheme;
    std::string m_breaks;
    std::size_t m_classes = 5;
    bool m_round = false;
    std::string m_compat = "none";
    std::string m_output;
    std::string m_crs;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_classify_command() { return std::make_unique<ClassifyCommand>(); }

}  // namespace tendik::cli
