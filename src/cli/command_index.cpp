#include "commands.h"
#include "shared_options.h"
#include "tendik/plan/installation.h"
#include "tendik/report/index_report.h"
#include "tendik/run/write_answer.h"
#include "tendik/study/steps.h"

#include <cstdint>
#include <optional>

namespace tendik::cli {
namespace {

class IndexCommand final : public Command {
public:
    IndexCommand()
        : Command("index", "A composite index from a tree of indicators, and how firm its ranks are",
                  "tendik index child_wellbeing.toml --draws 2000 --region KZ-MAN -o index.csv") {}

    int execute(Console& console) override {
        Findings findings;
        const auto study = study::score({"", m_file, m_draws, m_seed}, m_jobs,
                                        plan::builtin_plan(plan::find_data_folder(m_data_folder)), findings);
        const auto& scored = study.scored;
        const auto language = language_of(m_language);
        // A region that is not there is told before anything is written.
        const auto waterfall = m_region.empty() ? "" : report::waterfall_text(scored, m_region, language);
        if (!m_output.empty())
            run::write_answer({[&] { return report::index_json(scored, findings); },
                               [&] { return report::index_csv(scored); },
                               [&](const std::string& name) {
                                   return FeatureLayer{name, scored.title.en, &study.boundaries,
                                                       report::index_fields(scored)};
                               }},
                              m_output, {m_crs}, findings);
        console.show(findings);
        if (m_format == "json")
            console.result(report::index_json(scored, findings));
        else if (m_format == "csv")
            console.result(report::index_csv(scored));
        else
            console.result(report::index_text(scored, language) + waterfall);
        return console.exit_code(findings);
    }

private:
    void declare_own(CLI::App& app) override {
        app.add_option("file", m_file, "Tree of the index: domains, components, indicators, choices")
            ->type_name("FILE.toml")
            ->required();
        app.add_option("--draws", m_draws,
                       "Ways through the choices drawn for each of two samples; 0 means none; without it as "
                       "[robustness] of the file says")
            ->type_name("N")
            ->check(whole_number(0, 1'000'000));
        app.add_option("--seed", m_seed, "Of the draws; without it as the file says, else 1")->type_name("N");
        app.add_option("--region", m_region, "Show what each indicator adds to the score of this region")
            ->type_name("KEY");
        app.add_option("-o,--output", m_output,
                       "File to write; the ending names the format (.csv .json .gpkg .geojson .fgb .shp)")
            ->type_name("FILE");
        app.add_option("--crs", m_crs, "CRS of the layer written; without it that of the boundaries")
            ->type_name("EPSG:CODE");
        declare_jobs(app, m_jobs);
        declare_format(app, m_format, {"text", "json", "csv"});
        declare_language(app, m_language);
        m_idle.add(app, {"--seed"}, "it is of the draws, and --draws 0 asks for none",
                   [this] { return !m_draws || *m_draws > 0; });
        m_idle.add(app, {"--region"},
                   "json and csv hold what each indicator adds to every region: leave it out",
                   [this] { return m_format == "text"; });
        add_idle_crs(m_idle, app, "-o", [this] { return is_layer_file(m_output); });
    }

    std::string m_file;
    std::optional<std::size_t> m_draws;
    std::optional<std::uint64_t> m_seed;
    std::string m_region;
    std::string m_output;
    std::string m_crs;
    std::size_t m_jobs = 0;
    std::string m_format = "text";
    std::string m_language = "en";
};

}  // namespace

std::unique_ptr<Command> make_index_command() { return std::make_unique<IndexCommand>(); }

}  // namespace tendik::cli
