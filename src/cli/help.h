#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace tendik::cli {

/// Options that every command has bear this group; it comes last in the help.
inline constexpr const char* everywhere_group = "Everywhere";

using Options = std::vector<const CLI::Option*>;

/// Options of the command and, for a subcommand, of the commands above it.
Options all_options(const CLI::App& app);
/// In the order of declaration, but what every command has comes last.
std::vector<std::string> groups_of(const Options& options);
/// "-o, --output DIR"
std::string left_side(const CLI::Option& option);
/// What the option means, whether it is required, its default.
std::string right_side(const CLI::Option& option);

/// The help of a command: summary, usage, arguments, options by group, then the footer. No line is wider than
/// 100 columns unless a word is. An option that belongs to the parent of a subcommand is listed too.
std::string help_of(const CLI::App& app);

}  // namespace tendik::cli
