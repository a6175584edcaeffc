#pragma once

#include "tendik/style/colour.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tendik {

/// Colours from low to high, by number of classes.
struct Palette {
    std::string name;
    std::string source;
    std::vector<std::vector<Colour>> by_count;  ///< by_count[k - 1] holds k colours
};

namespace style {

/// Reads styles/palettes/<name>.toml under `styles_dir`. Throws InputError naming the palettes that exist.
Palette read_palette(const std::filesystem::path& styles_dir, const std::string& name);

}  // namespace style
}  // namespace tendik
