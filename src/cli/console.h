#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/cli/run_cli.h"

#include <mutex>
#include <string>

namespace tendik::cli {

/// How loud, and when findings make the exit code 3.
struct ConsoleOptions {
    bool quiet = false;
    bool verbose = false;
    bool no_progress = false;
    std::string fail_on = "error";  ///< "error", "warning", "never"
};

/// The only place that prints. Shows progress on a terminal, at most one line, redrawn once a per cent.
class Console final : public Progress {
public:
    Console(const Streams& streams, const ConsoleOptions& options) : m_streams(streams), m_options(options) {}

    void begin(const std::string& step, std::size_t total) override;
    void advance(std::size_t parts) override;

    void result(const std::string& text);
    void remark(const std::string& text);  ///< to standard error, unless quiet
    /// The first twenty findings of each code; notes only when verbose.
    void show(const Findings& findings);
    /// 0, or 3 when findings reach --fail-on.
    int exit_code(const Findings& findings) const;
    bool verbose() const noexcept { return m_options.verbose; }
    void end_progress();

private:
    bool shows_progress() const;
    const Streams& m_streams;
    const ConsoleOptions& m_options;
    std::mutex m_mutex;
    std::string m_step;
    std::size_t m_total = 0;
    std::size_t m_done = 0;
    int m_shown_percent = -1;
    bool m_line_open = false;
};

}  // namespace tendik::cli
