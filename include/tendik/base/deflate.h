#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tendik {

/// A gzip member without time and name, so that equal input gives equal bytes.
std::string gzip(std::string_view bytes, int level = 9);

/// `max_size` bounds what a damaged or hostile archive can make us allocate. Throws InputError.
std::string gunzip(std::string_view bytes, std::size_t max_size = std::size_t{1} << 30);

/// The zlib form (RFC 1950) that PNG wants.
std::string zlib_compress(std::string_view bytes, int level = 9);

std::string base64(std::string_view bytes);

}  // namespace tendik
