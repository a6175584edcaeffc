#include "tendik/base/error.h"
#include "tendik/paint/region_image.h"

#include <fmt/format.h>
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <optional>
#include <unordered_map>

namespace tendik::paint {

namespace {

constexpr std::size_t max_palette_size = 256;
constexpr std::size_t max_side_px = 1'000'000;  // libpng's own limit

using Word = std::uint32_t;

Word word_at(const Image& image, std::size_t pixel) {
    Word word = 0;
    std::memcpy(&word, &image.rgba[4 * pixel], sizeof word);
    return word;
}

// Colours in the order of their first pixels, and the number of its colour for each pixel.
struct Palette {
    std::vector<png_color> colours;
    std::vector<png_byte> alphas;  // up to the last one that is not opaque
    std::vector<png_byte> pixels;
};

void add_colour(Palette& palette, const std::uint8_t* rgba) {
    palette.colours.push_back({rgba[0], rgba[1], rgba[2]});
    palette.alphas.push_back(rgba[3]);
}

std::optional<Palette> find_palette(const Image& image) {
    Palette palette;
    std::unordered_map<Word, png_byte> numbers;
    const std::size_t count = image.width_px * image.height_px;
    palette.pixels.reserve(count);
    Word last = ~word_at(image, 0);
    for (std::size_t pixel = 0; pixel < count; ++pixel) {
        const Word word = word_at(image, pixel);
        if (word == last) {  // maps are made of runs
            palette.pixels.push_back(palette.pixels.back());
            continue;
        }
        const auto [found, is_new] = numbers.try_emplace(word, static_cast<png_byte>(palette.colours.size()));
        if (is_new) {
            if (palette.colours.size() == max_palette_size) return std::nullopt;
            add_colour(palette, &image.rgba[4 * pixel]);
        }
        palette.pixels.push_back(found->second);
        last = word;
    }
    while (!palette.alphas.empty() && palette.alphas.back() == 255)
        palette.alphas.pop_back();
    return palette;
}

// What libpng is to write; `error` is filled when it gives up.
struct Job {
    png_uint_32 width = 0;
    png_uint_32 height = 0;
    const Palette* palette = nullptr;  // RGBA when absent
    const png_byte* rows = nullptr;
    std::size_t row_size = 0;
    std::string bytes;
    char error[160] = {};
};

// libpng leaves through longjmp, so the functions that it calls back and those between here and setjmp own
// nothing.
[[noreturn]] void give_up(png_structp png, png_const_charp message) {
    auto* job = static_cast<Job*>(png_get_error_ptr(png));
    std::strncpy(job->error, message, sizeof job->error - 1);
    png_longjmp(png, 1);
}

void ignore_warning(png_structp, png_const_charp) {}

void append(png_structp png, png_bytep data, png_size_t size) {
    auto* job = static_cast<Job*>(png_get_io_ptr(png));
    bool whole = true;
    try {
        job->bytes.append(reinterpret_cast<const char*>(data), size);
    } catch (const std::bad_alloc&) {
        whole = false;
    }
    if (!whole) png_error(png, "not enough memory");
}

void flush_nothing(png_structp) {}

void write_chunks(png_structp png, png_infop info, const Job& job) {
    // Fixed here and not left to libpng's defaults, so that equal images give equal bytes.
    png_set_compression_level(png, 9);
    png_set_compression_mem_level(png, 8);
    png_set_compression_strategy(png, job.palette != nullptr ? 0 : 1);  // Z_DEFAULT_STRATEGY, Z_FILTERED
    png_set_compression_window_bits(png, 15);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, job.palette != nullptr ? PNG_FILTER_NONE : PNG_ALL_FILTERS);
    png_set_IHDR(png, info, job.width, job.height, 8,
                 job.palette != nullptr ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB_ALPHA,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (job.palette != nullptr) {
        const auto& [colours, alphas, pixels] = *job.palette;
        png_set_PLTE(png, info, colours.data(), static_cast<int>(colours.size()));
        if (!alphas.empty()) png_set_tRNS(png, info, alphas.data(), static_cast<int>(alphas.size()), nullptr);
    }
    png_write_info(png, info);
    for (png_uint_32 row = 0; row < job.height; ++row)
        png_write_row(png, job.rows + row * job.row_size);
    png_write_end(png, nullptr);
}

bool write(Job& job) {
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &job, give_up, ignore_warning);
    if (png == nullptr) return false;
    png_infop info = png_create_info_struct(png);
    if (info == nullptr) {
        png_destroy_write_struct(&png, nullptr);
        return false;
    }
    png_set_write_fn(png, &job, append, flush_nothing);
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_write_struct(&png, &info);
        return false;
    }
    write_chunks(png, info, job);
    png_destroy_write_struct(&png, &info);
    return true;
}

void check(const Image& image) {
    if (image.width_px == 0 || image.height_px == 0 || image.width_px > max_side_px ||
        image.height_px > max_side_px)
        throw InputError(
            fmt::format("an image of {} x {} pixels cannot be a PNG", image.width_px, image.height_px),
            "each side must have 1 to 1000000 pixels");
    if (image.rgba.size() != 4 * image.width_px * image.height_px)
        throw InputError(fmt::format("an image of {} x {} pixels holds {} bytes instead of {}",
                                     image.width_px, image.height_px, image.rgba.size(),
                                     4 * image.width_px * image.height_px));
}

}  // namespace

std::string encode_png(const Image& image) {
    check(image);
    const auto palette = find_palette(image);
    Job job;
    job.width = static_cast<png_uint_32>(image.width_px);
    job.height = static_cast<png_uint_32>(image.height_px);
    job.palette = palette ? &*palette : nullptr;
    job.rows = palette ? palette->pixels.data() : image.rgba.data();
    job.row_size = palette ? image.width_px : 4 * image.width_px;
    if (!write(job)) throw SystemError(fmt::format("a PNG cannot be written: {}", job.error));
    return std::move(job.bytes);
}

Image decode_png(const std::string& bytes) {
    png_image header{};
    header.version = PNG_IMAGE_VERSION;
    const auto check_step = [&header](int done) {
        if (done != 0) return;
        const std::string reason = header.message;
        png_image_free(&header);
        throw InputError(fmt::format("not a readable PNG: {}", reason), "the file may be damaged or cut off");
    };
    check_step(png_image_begin_read_from_memory(&header, bytes.data(), bytes.size()));
    header.format = PNG_FORMAT_RGBA;
    Image image{header.width, header.height, {}};
    image.rgba.resize(PNG_IMAGE_SIZE(header));
    check_step(png_image_finish_read(&header, nullptr, image.rgba.data(), 0, nullptr));
    return image;
}

}  // namespace tendik::paint
