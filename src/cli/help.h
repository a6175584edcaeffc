#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace tendik::cli {

/// Options that every command has bear this group; it comes last in the help.
inline constexpr const char* everywhere_group = "Everywhere";

/// The help of a command: summary, usage, arguments, options by group, then the footer. No line is wider than
/// 100 columns unless a word is. An option that belongs to the parent of a subcommand is listed too.
std::string help_of(const CLI::App& app);

}  // namespace tendik::cli
