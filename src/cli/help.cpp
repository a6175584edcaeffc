#include "help.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <vector>

namespace tendik::cli {
namespace {

constexpr std::size_t page_width = 100;
constexpr std::size_t left_width = 30;

std::string entry(const std::string& left, const std::string& right) {
    std::string text = "  " + left;
    std::size_t column = text.size();
    const auto indent = [&] {
        text += "\n" + std::string(left_width, ' ');
        column = left_width;
    };
    if (column + 2 > left_width)
        indent();
    else {
        text += std::string(left_width - column, ' ');
        column = left_width;
    }
    std::istringstream words(right);
    for (std::string word; words >> word;) {
        if (column > left_width && column + 1 + word.size() > page_width) indent();
        if (column > left_width) {
            text += ' ';
            ++column;
        }
        text += word;
        column += word.size();
    }
    return text + "\n";
}

std::string usage_of(const CLI::App& app, const Options& options) {
    auto name = app.get_name();
    for (const auto* parent = app.get_parent(); parent != nullptr; parent = parent->get_parent())
        name.insert(0, parent->get_name() + " ");
    auto text = "  " + name;
    for (const auto* option : options) {
        if (!option->get_positional()) continue;
        const auto word = option->get_type_name() + (option->get_items_expected_max() > 1 ? "..." : "");
        text += option->get_required() ? " " + word : " [" + word + "]";
    }
    text += " [OPTIONS]\n";
    for (const auto* inner : app.get_subcommands([](const CLI::App*) { return true; }))
        text += usage_of(*inner, all_options(*inner));
    return text;
}

}  // namespace

Options all_options(const CLI::App& app) {
    Options options;
    for (const auto* level = &app; level != nullptr; level = level->get_parent())
        for (const auto* option : level->get_options()) {
            const bool shown_before = std::ranges::any_of(options, [&](const CLI::Option* known) {
                return known->get_name(false, true) == option->get_name(false, true);
            });
            if (!shown_before && !option->get_group().empty()) options.push_back(option);
        }
    return options;
}

std::vector<std::string> groups_of(const Options& options) {
    std::vector<std::string> groups;
    for (const auto* option : options)
        if (!option->get_positional() && std::ranges::find(groups, option->get_group()) == groups.end())
            groups.push_back(option->get_group());
    std::ranges::stable_partition(groups, [](const auto& group) { return group != everywhere_group; });
    return groups;
}

std::string left_side(const CLI::Option& option) {
    if (option.get_positional()) return option.get_type_name();
    std::string text;
    for (const auto& name : option.get_snames())
        text += (text.empty() ? "-" : ", -") + name;
    for (const auto& name : option.get_lnames())
        text += (text.empty() ? "--" : ", --") + name;
    if (option.get_type_size() > 0) text += " " + option.get_type_name();
    return text;
}

std::string right_side(const CLI::Option& option) {
    auto text = option.get_description();
    if (!option.get_positional() && option.get_required()) text += " (required)";
    if (!option.get_default_str().empty()) text += fmt::format(" (default: {})", option.get_default_str());
    return text;
}

std::string help_of(const CLI::App& app) {
    const auto options = all_options(app);
    auto text = fmt::format("{}\n\nUsage:\n{}", app.get_description(), usage_of(app, options));
    std::string arguments;
    for (const auto* option : options)
        if (option->get_positional()) arguments += entry(left_side(*option), right_side(*option));
    if (!arguments.empty()) text += "\nArguments:\n" + arguments;
    for (const auto* inner : app.get_subcommands([](const CLI::App*) { return true; }))
        text += fmt::format("\nSubcommand:\n{}", entry(inner->get_name(), inner->get_description()));
    for (const auto& group : groups_of(options)) {
        text += fmt::format("\n{}:\n", group);
        for (const auto* option : options)
            if (!option->get_positional() && option->get_group() == group)
                text += entry(left_side(*option), right_side(*option));
    }
    return text + "\n" + app.get_footer() + "\n";
}

}  // namespace tendik::cli
