#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tendik {

/// Benjamini & Hochberg 1995, Benjamini & Yekutieli 2001 (false discovery rate); Holm 1979, Bonferroni
/// (family-wise error).
enum class Correction : std::uint8_t { none, bh, by, holm, bonferroni };
std::string_view to_text(Correction correction);
std::optional<Correction> correction_from_text(std::string_view name);

namespace spatial {

/// p values as they are to be read when all are looked at together; each in [0, 1], parallel to `p`. Values
/// in the wrong order by rounding cannot occur: adjusted values rise with p. Throws InputError for a p
/// outside of [0, 1].
std::vector<double> adjust(std::span<const double> p, Correction correction);

}  // namespace spatial
}  // namespace tendik
