#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace tendik {

/// SHA-256 in lower-case hexadecimal (64 characters): names the content of inputs and outputs.
std::string sha256_hex(std::string_view bytes);

/// The same of a file's content. Throws InputError when it cannot be read.
std::string sha256_hex_of_file(const std::filesystem::path& path);

/// XXH3, 128 bits: recognises equal tiles; not for names of content.
struct QuickDigest {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend auto operator<=>(const QuickDigest&, const QuickDigest&) = default;
};
QuickDigest quick_digest(std::string_view bytes);

}  // namespace tendik
