// What the words in headings of official tables mean, in Russian, Kazakh and English.
#include "heading_words.h"

#include "table_cells.h"
#include "tendik/base/text.h"

#include <algorithm>
#include <array>

namespace tendik::tables {
namespace {

// All folded.
constexpr std::array<std::string_view, 10> year_words{"",   "г",   "г.",   "год", "года",
                                                      "ж.", "жыл", "жылы", "ж",   "year"};
constexpr std::array<std::string_view, 12> preliminary_words{"предв",
                                                             "предв.",
                                                             "предварительно",
                                                             "предварительные",
                                                             "предварительные данные",
                                                             "предварительная оценка",
                                                             "алдын ала",
                                                             "алдын-ала",
                                                             "алдын ала деректер",
                                                             "preliminary",
                                                             "prelim.",
                                                             "provisional"};
constexpr std::array<std::string_view, 16> key_words{"регион",
                                                     "регионы",
                                                     "область",
                                                     "области",
                                                     "наименование региона",
                                                     "наименование области",
                                                     "территория",
                                                     "region",
                                                     "regions",
                                                     "oblast",
                                                     "өңір",
                                                     "өңірлер",
                                                     "облыс",
                                                     "облыстар",
                                                     "аймақ",
                                                     "аймақтар"};
/// Beginnings of words for regions of the country, and of words that stand beside them.
constexpr std::array<std::string_view, 10> region_stems{
    "регион", "област", "территори", "облыс", "өңір", "аймақ", "аймағ", "region", "oblast", "province"};
/// Headings of codes where no column of names is headed as one. Blanks, "_" and hyphens are one.
constexpr std::array<std::string_view, 35> code_words{
    "като",           "код като",   "коды като",   "като код",      "като коды",   "като кодтары",
    "kato",           "kato code",  "код региона", "коды регионов", "код области", "коды областей",
    "код территории", "код района", "код",         "коды",          "өңір коды",   "облыс коды",
    "аймақ коды",     "аудан коды", "аумақ коды",  "iso",           "iso code",    "iso код",
    "код iso",        "iso 3166",   "iso 3166 2",  "iso коды",      "region code", "oblast code",
    "district code",  "code",       "pcode",       "p code",        "unit id"};
/// What heads a column of names beside no word for regions.
constexpr std::array<std::string_view, 8> name_words{"наименование", "наименования", "название", "названия",
                                                     "атауы",        "атау",         "атаулары", "name"};
/// Adjectives: "Областной" heads a budget.
constexpr std::array<std::string_view, 4> no_region_stems{"областн", "региональн", "территориальн",
                                                          "regional"};
constexpr std::array<std::string_view, 13> companion_stems{
    "наименовани", "названи", "атау",  "город", "қала", "республик", "казахст",
    "қазақс",      "аудан",   "район", "name",  "city", "cities"};
constexpr std::array<std::string_view, 12> companion_words{"и",  "мен", "және", "бен", "пен", "рк",
                                                           "қр", "of",  "the",  "and", "по",  "бойынша"};

constexpr std::array<std::string_view, 9> year_headings{
    "год", "годы", "отчетный год", "отчётный год", "жыл", "жылы", "жылдар", "year", "years"};
constexpr std::array<std::string_view, 15> unit_headings{
    "единица", "единицы",         "единица измерения",  "единицы измерения", "ед. изм.",    "ед.изм.",
    "ед. изм", "ед. измерения",   "өлшем бірлігі",      "өлшем бірліктері",  "өлшем бірл.", "unit",
    "units",   "unit of measure", "unit of measurement"};
constexpr std::array<std::string_view, 10> indicator_headings{
    "показатель",   "показатели",      "наименование показателя", "название показателя", "көрсеткіш",
    "көрсеткіштер", "көрсеткіш атауы", "көрсеткіштің атауы",      "indicator",           "indicators"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& words, std::string_view text) {
    return std::ranges::find(words, text) != words.end();
}

template <std::size_t size>
bool begins_with_one_of(const std::array<std::string_view, size>& stems, std::string_view text) {
    return std::ranges::any_of(stems, [text](std::string_view stem) { return text.starts_with(stem); });
}

/// Brackets, commas, slashes and hyphens part words.
std::string with_words_apart(std::string text, std::string_view signs) {
    for (auto& c : text)
        if (signs.find(c) != std::string_view::npos) c = ' ';
    return fold(text);
}

struct HeadingYear {
    int year = 0;
    bool preliminary = false;
};

std::optional<HeadingYear> read_year(std::string_view text) {
    const auto plain = with_words_apart(without_footnotes(text), "(),");
    if (plain.size() < 4 || !std::ranges::all_of(plain.substr(0, 4), is_digit)) return std::nullopt;
    const auto year = static_cast<int>(*parse_integer(plain.substr(0, 4)));
    if (year < 1900 || year > 2099) return std::nullopt;
    const auto rest = trim(std::string_view(plain).substr(4));
    if (is_among(year_words, rest)) return HeadingYear{year, false};
    for (const auto word : preliminary_words)
        if (rest.ends_with(word) && is_among(year_words, trim(rest.substr(0, rest.size() - word.size()))))
            return HeadingYear{year, true};
    return std::nullopt;
}

bool names_only_regions(std::string_view text) {
    bool region = false;
    for (const auto& word : split(with_words_apart(std::string(text), "(),/-;:."), ' ')) {
        if (begins_with_one_of(region_stems, word) && !begins_with_one_of(no_region_stems, word))
            region = true;
        else if (!word.empty() && !begins_with_one_of(companion_stems, word) &&
                 !is_among(companion_words, word))
            return false;
    }
    return region;
}

}  // namespace

std::optional<int> year_of_heading(std::string_view text) {
    const auto read = read_year(text);
    return read ? std::optional(read->year) : std::nullopt;
}

bool is_preliminary_year(std::string_view text) {
    const auto read = read_year(text);
    return read && read->preliminary;
}

bool holds_a_year(std::string_view text) {
    if (read_year(text)) return false;
    std::size_t digits = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && is_digit(text[i])) {
            ++digits;
            continue;
        }
        const auto number = text.substr(i - digits, digits);
        if (digits == 4 && (number.starts_with("19") || number.starts_with("20"))) return true;
        digits = 0;
    }
    return false;
}

bool is_key_heading(std::string_view text, KeyHeading how) {
    const auto folded = fold(without_footnotes(text));
    switch (how) {
    case KeyHeading::exact:
        return is_among(key_words, folded);
    case KeyHeading::stems:
        return names_only_regions(folded);
    case KeyHeading::code:
        return is_among(code_words, with_words_apart(folded, "_-"));
    case KeyHeading::name:
        return is_among(name_words, folded);
    }
    return false;
}

std::optional<SideColumn> side_column_of(std::string_view heading) {
    const auto folded = fold(without_footnotes(heading));
    if (is_among(year_headings, folded)) return SideColumn::year;
    if (is_among(unit_headings, folded)) return SideColumn::unit;
    if (is_among(indicator_headings, folded)) return SideColumn::indicator;
    return std::nullopt;
}

}  // namespace tendik::tables
