#pragma once

#include "tendik/base/finding.h"

#include <nlohmann/json.hpp>

namespace tendik::report {

/// Every case, in the order found.
inline nlohmann::ordered_json findings_json(const Findings& findings) {
    auto all = nlohmann::ordered_json::array();
    for (const auto& finding : findings.all())
        all.push_back({{"severity", to_text(finding.severity)},
                       {"code", finding.code},
                       {"where", finding.where},
                       {"text", finding.text}});
    return all;
}

}  // namespace tendik::report
