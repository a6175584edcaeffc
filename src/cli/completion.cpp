#include "completion.h"

#include "help.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

namespace tendik::cli {
namespace {

std::vector<std::string> names_of(const CLI::Option& option) {
    std::vector<std::string> names;
    for (const auto& name : option.get_snames())
        names.push_back("-" + name);
    for (const auto& name : option.get_lnames())
        names.push_back("--" + name);
    return names;
}

/// The options of a command, as words for compgen.
std::string option_words(const CLI::App& app) {
    std::vector<std::string> words;
    for (const auto* option : all_options(app))
        for (const auto& name : names_of(*option))
            words.push_back(name);
    return join_text(words, " ");
}

/// What may stand behind an option that takes a value: words to choose from, files, or nothing known.
std::string values_of(const CLI::Option& option) {
    const auto type = option.get_type_name();
    if (type.find("FILE") != std::string::npos || type.find("DIR") != std::string::npos)
        return "COMPREPLY=($(compgen -f -- \"$current\"))";
    if (type.find('|') == std::string::npos) return ":";
    return fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$current\"))", join_text(split(type, '|'), " "));
}

/// One branch for each option that takes a value.
std::string value_branches(const std::string& command, const CLI::App& app) {
    std::string text;
    for (const auto* option : all_options(app)) {
        if (option->get_positional() || option->get_type_size() == 0) continue;
        std::vector<std::string> places;
        for (const auto& name : names_of(*option))
            places.push_back(fmt::format("{}:{}", command, name));
        text += fmt::format("        {}) {}; return ;;\n", join_text(places, "|"), values_of(*option));
    }
    return text;
}

}  // namespace

std::string bash_completion(const std::vector<std::pair<std::string, std::unique_ptr<CLI::App>>>& commands) {
    std::vector<std::string> names;
    std::string values, options;
    for (const auto& [name, app] : commands) {
        names.push_back(name);
        values += value_branches(name, *app);
        options += fmt::format("        {}) options='{}' ;;\n", name, option_words(*app));
    }
    const auto known = join_text(names, " ");
    return "# Completion of tendik for bash; printed by `tendik help --completion bash`.\n"
           "_tendik() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
           "    local command=${COMP_WORDS[1]} options=''\n"
           "    COMPREPLY=()\n"
           "    if ((COMP_CWORD == 1)); then\n"
           "        COMPREPLY=($(compgen -W '" +
           known +
           " help --version --help' -- \"$current\"))\n"
           "        return\n"
           "    fi\n"
           "    case $command:$previous in\n" +
           values +
           "        help:--completion) COMPREPLY=($(compgen -W 'bash' -- \"$current\")); return ;;\n" +
           "    esac\n"
           "    case $command in\n" +
           options + "        help) options='" + known +
           " --man --completion' ;;\n"
           "    esac\n"
           "    if [[ $current == -* || $command == help ]]; then\n"
           "        COMPREPLY=($(compgen -W \"$options\" -- \"$current\"))\n"
           "    else\n"
           "        COMPREPLY=($(compgen -f -- \"$current\"))\n"
           "    fi\n"
           "}\n"
           "complete -o filenames -F _tendik tendik\n";
}

}  // namespace tendik::cli
