#pragma once

#include "tendik/site/site.h"

#include <nlohmann/json.hpp>

namespace tendik::site {

/// The member `index` of a year in data.js: nodes with scores, parts and states, rank intervals, what a score
/// takes.
nlohmann::ordered_json index_json(const SiteIndex& index);

}  // namespace tendik::site
