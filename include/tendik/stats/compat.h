#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tendik {

/// Whose numbers are wanted: right ones, or those that a peer prints. heat: WHO's R package healthequal.
/// pysal: PySAL's inequality, esda and mapclassify.
enum class Compat : std::uint8_t { none, heat, pysal };
std::string_view to_text(Compat compat);
std::optional<Compat> compat_from_text(std::string_view text);

}  // namespace tendik
