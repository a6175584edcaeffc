#include "tendik/model/atlas.h"

#include <algorithm>

namespace tendik {
namespace {

/// Code points above ASCII are several bytes of UTF-8; every byte that is no letter or digit becomes one
/// underscore.
bool fit_for_a_name(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

}  // namespace

std::string Layer::name() const {
    auto text = indicator.code;
    if (year) text += "_" + std::to_string(*year);
    std::ranges::replace_if(
        text, [](char letter) { return !fit_for_a_name(letter); }, '_');
    return text;
}

}  // namespace tendik
