#include "command.h"

namespace tendik::cli {

void Command::declare(CLI::App& app) {
    declare_own(app);
    auto* common = app.add_option_group("Everywhere");
    common->add_option("--data", m_data_folder, "Folder with built-in data and styles")->type_name("DIR");
    common->add_option("--fail-on", m_console.fail_on, "Level of findings that makes the exit code 3")
        ->check(CLI::IsMember({"error", "warning", "never"}))
        ->capture_default_str();
    auto* quiet = common->add_flag("-q,--quiet", m_console.quiet, "Say nothing but results and errors");
    common->add_flag("-v,--verbose", m_console.verbose, "Show notes as well as warnings")->excludes(quiet);
    common->add_flag("--no-progress", m_console.no_progress, "Draw no progress line on a terminal");
    app.footer("Example:\n  " + m_example +
               "\n\nExit codes:\n"
               "  0  done\n"
               "  1  could not finish: data, plan or disk\n"
               "  2  command line not understood\n"
               "  3  finished, but findings reached the level of --fail-on");
}

}  // namespace tendik::cli
