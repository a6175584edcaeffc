#include "fuzz/damaged.h"

#include "tendik/base/random.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tendik::test {
namespace {

using namespace std::string_view_literals;

// What parsers trip over: ends of numbers and of varints, quotes, separators, byte order marks, half of a
// letter.
constexpr std::array<std::string_view, 24> stumbling_blocks = {"\0"sv,
                                                               "\xff"sv,
                                                               "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"sv,
                                                               "\xff\xff\xff\xff\x0f"sv,
                                                               "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"sv,
                                                               "\""sv,
                                                               "'"sv,
                                                               "\"\"\""sv,
                                                               "\n"sv,
                                                               "\r\n"sv,
                                                               ","sv,
                                                               ";"sv,
                                                               "\t"sv,
                                                               "[["sv,
                                                               "{"sv,
                                                               "="sv,
                                                               "-"sv,
                                                               "1e999"sv,
                                                               "99999999999999999999"sv,
                                                               "nan"sv,
                                                               "\xef\xbb\xbf"sv,
                                                               "\xff\xfe"sv,
                                                               "\xd0"sv,
                                                               "\xe2\x80\xa8"sv};

std::size_t place_in(const std::string& text, RandomStream& draw) {
    return text.empty() ? 0 : draw.next_below(static_cast<std::uint32_t>(text.size()));
}

void have_accident(std::string& text, RandomStream& draw) {
    const auto place = place_in(text, draw);
    const auto length = std::min<std::size_t>(draw.next_below(16) + 1, text.size() - place);
    switch (draw.next_below(6)) {
    case 0:
        if (!text.empty()) text[place] = static_cast<char>(text[place] ^ (1 << draw.next_below(8)));
        break;
    case 1:
        text.erase(place, length);
        break;
    case 2:
        text.insert(place, text.substr(place, length));
        break;
    case 3:
        text.insert(place, stumbling_blocks[draw.next_below(stumbling_blocks.size())]);
        break;
    case 4:
        text.replace(place, length, stumbling_blocks[draw.next_below(stumbling_blocks.size())]);
        break;
    default:
        if (draw.next_below(8) == 0) text.resize(place);
    }
}

}  // namespace

std::string damaged(const std::string& seed, std::uint32_t number) {
    RandomStream draw(1, number, 0);
    auto text = seed;
    for (auto accidents = draw.next_below(4) + 1; accidents > 0; --accidents)
        have_accident(text, draw);
    return text;
}

}  // namespace tendik::test
