#pragma once

#include <cstdint>
#include <string>

namespace tendik::test {

/// `seed` after a few small accidents: bits turned, bytes cut out, doubled, replaced by ones that mean
/// something to parsers, the end lost. Which ones follows from `number` alone, so that a fault can be called
/// up again.
std::string damaged(const std::string& seed, std::uint32_t number);

}  // namespace tendik::test
