#pragma once

#include "console.h"
#include "idle_options.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tendik::cli {

/// One command of the program: a word, its options bound to members, and what it does.
class Command {
public:
    virtual ~Command() = default;
    Command(const Command&) = delete;
    Command& operator=(const Command&) = delete;

    const std::string& name() const noexcept { return m_name; }
    const std::string& summary() const noexcept { return m_summary; }
    const std::string& example() const noexcept { return m_example; }
    const ConsoleOptions& console_options() const noexcept { return m_console; }

    /// Binds options; opens no file.
    void declare(CLI::App& app);
    /// Throws UsageError for an option that was given and would say nothing. After the words are read.
    void refuse_idle_options() const { m_idle.refuse(); }
    /// Does the work and returns the exit code. Throws Error.
    virtual int execute(Console& console) = 0;

protected:
    Command(std::string name, std::string summary, std::string example)
        : m_name(std::move(name)),
          m_summary(std::move(summary)),
          m_example(std::move(example)) {}
    virtual void declare_own(CLI::App& app) = 0;

    std::string m_data_folder;  ///< --data
    IdleOptions m_idle;

private:
    std::string m_name;
    std::string m_summary;
    std::string m_example;
    ConsoleOptions m_console;
};

}  // namespace tendik::cli
