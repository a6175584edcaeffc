#include "console.h"

#include <fmt/format.h>

#include <map>
#include <ostream>

namespace tendik::cli {
namespace {

/// More cases of one code than this are counted, not printed; JSON and the manifest hold all.
constexpr std::size_t shown_per_code = 20;

}  // namespace

bool Console::shows_progress() const {
    return m_streams.err_is_terminal && !m_options.quiet && !m_options.no_progress;
}

void Console::begin(const std::string& step, std::size_t total) {
    const std::scoped_lock lock(m_mutex);
    m_step = step;
    m_total = total;
    m_done = 0;
    m_shown_percent = -1;
    if (!shows_progress()) return;
    m_streams.err << "\r\033[K" << step << std::flush;
    m_line_open = true;
}

void Console::advance(std::size_t parts) {
    const std::scoped_lock lock(m_mutex);
    m_done += parts;
    if (!shows_progress() || m_total == 0) return;
    const auto percent = static_cast<int>(100 * std::min(m_done, m_total) / m_total);
    if (percent == m_shown_percent) return;
    m_shown_percent = percent;
    m_streams.err << fmt::format("\r\033[K{} {:3} %", m_step, percent) << std::flush;
    m_line_open = true;
}

void Console::end_progress() {
    const std::scoped_lock lock(m_mutex);
    if (m_line_open) m_streams.err << "\r\033[K" << std::flush;
    m_line_open = false;
}

void Console::result(const std::string& text) {
    end_progress();
    m_streams.out << text << std::flush;
}

void Console::remark(const std::string& text) {
    end_progress();
    if (!m_options.quiet) m_streams.err << text << std::flush;
}

void Console::show(const Findings& findings) {
    end_progress();
    std::map<std::string, std::size_t> shown;
    std::map<std::string, std::size_t> hidden;
    for (const auto& finding : findings.all()) {
        if (finding.severity == Severity::note && !m_options.verbose) continue;
        if (m_options.quiet && finding.severity < Severity::error) continue;
        if (++shown[finding.code] > shown_per_code) {
            ++hidden[finding.code];
            continue;
        }
        const auto where = finding.where.empty() ? std::string{} : finding.where + ": ";
        m_streams.err << fmt::format("{}: {}{} [{}]\n", to_text(finding.severity), where, finding.text,
                                     finding.code);
    }
    for (const auto& [code, count] : hidden)
        m_streams.err << fmt::format("... and {} more of [{}]; --format json lists all\n", count, code);
    m_streams.err << std::flush;
}

int Console::exit_code(const Findings& findings) const {
    if (m_options.fail_on == "never") return 0;
    const auto level = m_options.fail_on == "warning" ? Severity::warning : Severity::error;
    return findings.count(level) > 0 ? 3 : 0;
}

}  // namespace tendik::cli
