#pragma once

#include "tendik/site/site.h"

#include <nlohmann/json.hpp>

namespace tendik::site {

/// The member `context` of data.js: tiles, window, names with place, rank and first zoom, absent waters,
/// attribution.
nlohmann::ordered_json context_json(const SiteContext& context);

}  // namespace tendik::site
