#include "tendik/base/deflate.h"

#include "tendik/base/error.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <array>
#include <cstdint>
#include <memory>

namespace tendik {
namespace {

using Compressor = std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)>;
using Decompressor = std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)>;

Compressor make_compressor(int level) {
    Compressor compressor(libdeflate_alloc_compressor(level), &libdeflate_free_compressor);
    if (!compressor) throw SystemError(fmt::format("no compressor of level {}", level));
    return compressor;
}

}  // namespace

std::string gzip(std::string_view bytes, int level) {
    const auto compressor = make_compressor(level);
    std::string result(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
    result.resize(
        libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), result.data(), result.size()));
    return result;
}

std::string gunzip(std::string_view bytes, std::size_t max_size) {
    const Decompressor decompressor(libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    if (!decompressor) throw SystemError("no memory for decompression");
    std::size_t size = bytes.size() * 4 + 1024;
    for (;;) {
        size = std::min(size, max_size);
        std::string result(size, '\0');
        std::size_t written = 0;
        const auto status = libdeflate_gzip_decompress(decompressor.get(), bytes.data(), bytes.size(),
                                                       result.data(), result.size(), &written);
        if (status == LIBDEFLATE_SUCCESS) {
            result.resize(written);
            return result;
        }
        if (status != LIBDEFLATE_INSUFFICIENT_SPACE) throw InputError("gzip data is damaged");
        if (size == max_size)
            throw InputError(fmt::format("gzip data unfolds to more than the allowed {} bytes", max_size));
        size *= 4;
    }
}

std::string zlib_compress(std::string_view bytes, int level) {
    const auto compressor = make_compressor(level);
    std::string result(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()), '\0');
    result.resize(
        libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), result.data(), result.size()));
    return result;
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            const auto byte = i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U;
            group = (group << 8U) | byte;
        }
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k < bytes.size() + 1 ? alphabet[(group >> (18U - 6U * k)) & 63U] : '=';
    }
    return text;
}

}  // namespace tendik
