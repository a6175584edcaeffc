#include "command.h"

#include "help.h"
#include "shared_options.h"

namespace tendik::cli {

void Command::declare(CLI::App& app) {
    const auto footer = "Example:\n  " + m_example +
                        "\n\nExit codes:\n"
                        "  0  done\n"
                        "  1  could not finish: data, plan or disk\n"
                        "  2  command line not understood\n"
                        "  3  finished, but findings reached the level of --fail-on";
    // Subcommands take formatter and footer over from the command when they are declared.
    app.formatter_fn(
        [](const CLI::App* asked, const std::string&, CLI::AppFormatMode) { return help_of(*asked); });
    app.footer(footer);
    declare_own(app);
    app.add_option("--data", m_data_folder,
                   "Folder with built-in data and styles; otherwise the environment variable TENDIK_DATA or "
                   "the place beside the program says where")
        ->type_name("DIR")
        ->group(everywhere_group);
    declare_choice(app, "--fail-on", m_console.fail_on, {"error", "warning", "never"},
                   "Exit with 3 when a finding is of this level or worse")
        ->group(everywhere_group);
    auto* quiet = app.add_flag("-q,--quiet", m_console.quiet, "Say nothing but results and errors")
                      ->group(everywhere_group);
    app.add_flag("-v,--verbose", m_console.verbose, "Show notes as well as warnings")
        ->excludes(quiet)
        ->group(everywhere_group);
    app.add_flag("--no-progress", m_console.no_progress, "Draw no progress line on a terminal")
        ->group(everywhere_group);
    app.set_help_flag("-h,--help", "Show this help")->group(everywhere_group);
}

}  // namespace tendik::cli
