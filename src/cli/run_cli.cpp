#include "tendik/cli/run_cli.h"

#include "commands.h"
#include "completion.h"
#include "manual.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/plan/installation.h"

#include <fmt/format.h>

#include <exception>
#include <new>
#include <ostream>

namespace tendik::cli {
namespace {

using Commands = std::vector<std::unique_ptr<Command>>;

std::string overview(const Commands& commands) {
    std::string text =
        "tendik maps regional disparities: boundaries and official figures in,\n"
        "measures, layers, tiles and a page out.\n\n"
        "Usage:\n  tendik COMMAND [OPTIONS]\n  tendik help COMMAND\n  tendik help --man [COMMAND]\n"
        "  tendik help --completion bash\n  tendik --version\n\nCommands:\n";
    for (const auto& command : commands)
        text += fmt::format("  {:<15} {}\n", command->name(), command->summary());
    return text +
           "\nExample:\n  tendik run -o atlas\n\n"
           "Exit codes:\n  0  done\n  1  could not finish: data, plan or disk\n"
           "  2  command line not understood\n  3  finished, but findings reached the level of --fail-on\n";
}

Command& find_command(const Commands& commands, const std::string& word) {
    std::vector<std::string> names;
    for (const auto& command : commands) {
        if (command->name() == word) return *command;
        names.push_back(command->name());
    }
    for (const auto* other : {"help", "--help", "--version"})
        names.emplace_back(other);
    if (word.starts_with("-") && !nearest(word, names))
        throw UsageError(fmt::format("'{}' stands where a command should", word),
                         "options come after the command; `tendik help` lists the commands");
    const auto near = nearest(word, names);
    throw UsageError(
        fmt::format("there is no command '{}'", word),
        near ? fmt::format("did you mean '{}'? `tendik help` lists all", *near) : "`tendik help` lists all");
}

std::unique_ptr<CLI::App> make_app(Command& command) {
    auto app = std::make_unique<CLI::App>(command.summary(), "tendik " + command.name());
    command.declare(*app);
    return app;
}

/// Option names of an app, for suggestions.
std::vector<std::string> option_names(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* option :
         app.get_options([](const CLI::Option* one) { return !one->get_lnames().empty(); }))
        names.push_back("--" + option->get_lnames().front());
    return names;
}

[[noreturn]] void explain(const CLI::ParseError& fault, const CLI::App& app,
                          const std::vector<std::string>& words, const std::string& name) {
    auto hint = fmt::format("`tendik help {}` shows the options", name);
    const auto names = option_names(app);
    for (const auto& word : words) {
        const auto option = word.substr(0, word.find('='));
        if (!option.starts_with("--") || std::ranges::find(names, option) != names.end()) continue;
        if (const auto near = nearest(option, names))
            hint.insert(0, fmt::format("did you mean '{}'? ", *near));
        throw UsageError(fmt::format("there is no option '{}' of '{}'", option, name), hint);
    }
    const std::string text = fault.what();
    if (fault.get_name() == "ArgumentMismatch")
        throw UsageError(fmt::format("{} needs a value", text.substr(0, text.find(':'))), hint);
    throw UsageError(text, hint);
}

int run_command(Command& command, const std::vector<std::string>& words, const Streams& streams) {
    const auto app = make_app(command);
    try {
        // CLI11 takes the words from the back.
        app->parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        streams.out << app->help();
        return 0;
    } catch (const CLI::ParseError& fault) {
        explain(fault, *app, words, command.name());
    }
    command.refuse_idle_options();
    Console console(streams, command.console_options());
    try {
        return command.execute(console);
    } catch (...) {
        console.end_progress();
        throw;
    }
}

/// `tendik help --man [COMMAND]`: a page for man(1).
std::string manual(const Commands& commands, const std::vector<std::string>& words) {
    if (words.size() > 3) throw UsageError(fmt::format("'{}' is one word too many", words[3]));
    if (words.size() == 3) {
        auto& command = find_command(commands, words[2]);
        return manual_of(*make_app(command), command.example());
    }
    std::vector<std::pair<std::string, std::string>> summaries;
    for (const auto& command : commands)
        summaries.emplace_back(command->name(), command->summary());
    return manual_of_program(summaries);
}

/// `tendik help --completion bash`.
std::string completion(const Commands& commands, const std::vector<std::string>& words) {
    if (words.size() != 3 || words[2] != "bash")
        throw UsageError("completion is written for one shell", "tendik help --completion bash");
    std::vector<std::pair<std::string, std::unique_ptr<CLI::App>>> apps;
    for (const auto& command : commands)
        apps.emplace_back(command->name(), make_app(*command));
    return bash_completion(apps);
}

int dispatch(const std::vector<std::string>& words, const Streams& streams) {
    const auto commands = all_commands();
    if (words.empty()) {
        streams.out << overview(commands);
        return 2;
    }
    const bool asks_for_help = words[0] == "help" || words[0] == "--help" || words[0] == "-h";
    if (asks_for_help && (words.size() == 1 || words[1] == "help")) {
        streams.out << overview(commands);
        return 0;
    }
    if (asks_for_help && (words[1] == "--man" || words[1] == "--completion")) {
        streams.out << (words[1] == "--man" ? manual(commands, words) : completion(commands, words));
        return 0;
    }
    if (words[0] == "--version") {
        streams.out << "tendik " << plan::program_version << "\n";
        return 0;
    }
    // `tendik help regions match` is `tendik regions match --help`.
    if (asks_for_help) {
        auto asked = std::vector<std::string>(words.begin() + 2, words.end());
        asked.emplace_back("--help");
        return run_command(find_command(commands, words[1]), asked, streams);
    }
    auto& command = find_command(commands, words[0]);
    return run_command(command, {words.begin() + 1, words.end()}, streams);
}

}  // namespace

int run_cli(const std::vector<std::string>& words, const Streams& streams) {
    try {
        return dispatch(words, streams);
    } catch (const UsageError& error) {
        streams.err << describe(error) << "\n";
        return 2;
    } catch (const Error& error) {
        streams.err << describe(error) << "\n";
        return 1;
    } catch (const std::bad_alloc&) {
        streams.err << "error: not enough memory\n";
        return 1;
    } catch (const std::exception& fault) {
        streams.err << "error: " << fault.what()
                    << "\nhint: this is a bug of tendik; please report it with the command line\n";
        return 1;
    }
}

}  // namespace tendik::cli
