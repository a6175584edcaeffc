#include "tendik/base/finding.h"

#include "tendik/base/text.h"

#include <algorithm>

namespace tendik {

const char* to_text(Severity severity) {
    switch (severity) {
    case Severity::note:
        return "note";
    case Severity::warning:
        return "warning";
    case Severity::error:
        break;
    }
    return "error";
}

void Findings::add(Finding finding) {
    finding.where = mask_passwords(finding.where);
    finding.text = mask_passwords(finding.text);
    m_all.push_back(std::move(finding));
}

void Findings::add(Severity severity, std::string code, std::string where, std::string text) {
    add({severity, std::move(code), std::move(where), std::move(text)});
}

void Findings::append(const Findings& others) {
    m_all.insert(m_all.end(), others.m_all.begin(), others.m_all.end());
}

std::size_t Findings::count(Severity at_least) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        m_all, [at_least](const Finding& finding) { return finding.severity >= at_least; }));
}

std::size_t Findings::count_of(const std::string& code) const {
    return static_cast<std::size_t>(std::ranges::count(m_all, code, &Finding::code));
}

}  // namespace tendik
