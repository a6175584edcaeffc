#pragma once

#include <string>
#include <vector>

namespace tendik::geom {

/// Keeps what an outside library said until collect_messages() hands it over. Safe from any thread.
void keep_messages(std::vector<std::string> messages);

/// The messages as one text for an Error, emptied; `otherwise` when the library said nothing.
std::string take_reason(std::vector<std::string>& messages, const std::string& otherwise);

}  // namespace tendik::geom
