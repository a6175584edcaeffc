#pragma once

#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tendik {

/// Cannot go on. Gathers on its way up what was being done (`add_context`), innermost first, so that the
/// console can print the fault, the path to it and, where one is known, the next step (`hint`). Passwords of
/// database connections are masked in all of them.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& what, const std::string& hint = {});

    void add_context(const std::string& frame);
    const std::vector<std::string>& context() const noexcept { return m_context; }
    const std::string& hint() const noexcept { return m_hint; }
    /// The words before the message: "error" or, for a fault of the program itself, "bug".
    virtual std::string_view kind() const noexcept { return "error"; }

private:
    std::vector<std::string> m_context;
    std::string m_hint;
};

/// The command line is not understood (exit 2).
struct UsageError final : Error {
    using Error::Error;
};

/// The user's file or plan cannot be used (exit 1).
struct InputError final : Error {
    using Error::Error;
};

/// Disk, permission, memory (exit 1).
struct SystemError final : Error {
    using Error::Error;
};

/// Runs `work`; an Error that passes through gains the frame "while <what>". The dynamic type survives
/// because the caught reference itself is rethrown.
template <std::invocable F>
decltype(auto) while_doing(const std::string& what, F&& work) {
    try {
        return std::forward<F>(work)();
    } catch (Error& error) {
        error.add_context("while " + what);
        throw;
    }
}

/// "error: ...", one line for each frame of context, and "hint: ..."; no trailing newline.
std::string describe(const Error& error);

}  // namespace tendik
