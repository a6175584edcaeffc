#include "table_cells.h"

#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <regex>

namespace tendik::tables {
namespace {

// Signs of the Bureau of National Statistics of Kazakhstan, from the legend of its publications: "-" no such
// phenomenon, "..." no data, "x" confidential; the words are those that tables hold instead.
constexpr std::array<std::string_view, 14> missing_signs{
    "-",          "\u2013",      "\u2014",       "...",  "\u2026", "..",  "н/д",
    "нет данных", "мәлімет жоқ", "деректер жоқ", "д.ж.", "н.д.",   "м/ж", "no data"};
// Latin and Cyrillic; "(*)" is what MICS prints for fewer than 25 unweighted cases.
constexpr std::array<std::string_view, 3> suppressed_signs{"x", "х", "(*)"};
constexpr std::array<std::string_view, 11> superscripts{"\u2070", "\u00B9", "\u00B2", "\u00B3",
                                                        "\u2074", "\u2075", "\u2076", "\u2077",
                                                        "\u2078", "\u2079", "\u207E"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_mark(const std::vector<std::string>& marks, std::string_view text) {
    return std::ranges::any_of(marks, [text](const std::string& mark) { return trim(mark) == text; });
}

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& signs, std::string_view text) {
    return std::ranges::find(signs, text) != signs.end();
}

/// One mark at the end: "*", a superscript, " 1)" behind a blank or a letter.
std::string_view without_one_footnote(std::string_view text) {
    if (text.ends_with('*')) return trim(text.substr(0, text.size() - 1));
    for (const auto sign : superscripts)
        if (text.ends_with(sign)) return trim(text.substr(0, text.size() - sign.size()));
    if (text.size() < 3 || !text.ends_with(')') || !is_digit(text[text.size() - 2])) return text;
    const auto before = text.substr(0, text.size() - 2);
    const bool ends_number = before.back() == '.' && before.size() > 1 && is_digit(before[before.size() - 2]);
    if (is_digit(before.back()) || before.back() == '(' || before.back() == ',' || ends_number) return text;
    return trim(before);
}

/// Spaces of every kind become plain ones.
std::string with_plain_spaces(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const auto rest = trim(text);
        if (rest.size() < text.size() && text.ends_with(rest)) {
            result += ' ';
            text = rest;
            continue;
        }
        result += text.front();
        text.remove_prefix(1);
    }
    return result;
}

/// "1 234 567" as one to three digits and groups of three.
bool is_grouped(std::string_view digits, char separator) {
    const auto groups = split(digits, separator);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto& group = groups[i];
        if (group.empty() || !std::ranges::all_of(group, is_digit)) return false;
        if (i == 0 ? group.size() > 3 : group.size() != 3) return false;
    }
    return groups.size() > 1;
}

void erase(std::string& text, char sign) { std::erase(text, sign); }

/// Digits of a number with its sign apart.
struct Digits {
    std::string sign;
    std::string text;
};

Digits split_sign(std::string_view text, CellReading& reading) {
    for (const std::string_view minus : {"\u2212", "\u2013", "\u2014"}) {
        if (!text.starts_with(minus) || text.size() == minus.size()) continue;
        reading.repairs.emplace_back("long minus");
        return {"-", std::string(trim(text.substr(minus.size())))};
    }
    if (text.starts_with('-')) return {"-", std::string(text.substr(1))};
    return {"", std::string(text)};
}

/// "289.735": a decimal point, or one between thousands.
bool could_part_thousands(std::string_view digits) {
    return std::ranges::count(digits, '.') == 1 && is_grouped(digits, '.') && digits.front() != '0';
}

/// False: the point is ambiguous, and the reading says so.
bool repair_thousands(Digits& digits, Meaning point, CellReading& reading) {
    const auto end = std::min(digits.text.find_first_of(",."), digits.text.size());
    auto whole = digits.text.substr(0, end);
    if (is_grouped(whole, ' ')) {
        erase(whole, ' ');
        digits.text = whole + digits.text.substr(end);
        reading.repairs.emplace_back("spaces between thousands");
        return true;
    }
    const bool either = could_part_thousands(digits.text);
    if (either && point == Meaning::contradictory) {
        reading.fault = fmt::format("'{}' is ambiguous: a decimal point or thousands?", digits.text);
        reading.hint = "other cells of the column show both; write thousands without points: 1234";
        return false;
    }
    const auto comma = digits.text.find(',');
    const auto last_point = digits.text.rfind('.');
    const auto points = std::ranges::count(digits.text, '.');
    const bool parts_thousands = points > 1 || (either && point == Meaning::thousands) ||
                                 (comma != std::string::npos && last_point < comma);
    if (points > 0 && parts_thousands && is_grouped(digits.text.substr(0, comma), '.')) {
        erase(digits.text, '.');
        reading.repairs.emplace_back("points between thousands");
    }
    return true;
}

/// False: the comma is ambiguous, and the reading says so.
bool repair_comma(Digits& digits, Meaning comma, bool spaces_were_there, CellReading& reading) {
    const auto at = digits.text.find(',');
    if (at == std::string::npos) return true;
    const auto point = digits.text.find('.');
    const auto grouped = digits.text.substr(0, point);
    const bool looks_grouped = is_grouped(grouped, ',');
    const auto commas = std::ranges::count(digits.text, ',');
    const bool could_be_both = commas == 1 && point == std::string::npos && looks_grouped &&
                               digits.text.front() != '0' && !spaces_were_there;
    if (could_be_both && (comma == Meaning::unknown || comma == Meaning::contradictory)) {
        reading.fault = fmt::format("'{}' is ambiguous: a decimal comma or thousands?", digits.text);
        reading.hint = "no other cell of the column tells; write 1.234 or 1234";
        return false;
    }
    if (looks_grouped && !spaces_were_there && digits.text.front() != '0' &&
        (commas > 1 || point != std::string::npos || (could_be_both && comma == Meaning::thousands))) {
        erase(digits.text, ',');
        reading.repairs.emplace_back("commas between thousands");
    } else if (commas == 1 && point == std::string::npos && at + 1 < digits.text.size()) {
        digits.text[at] = '.';
        reading.repairs.emplace_back("decimal comma");
    }
    return true;
}

std::string without_decoration(std::string_view text, CellReading& reading) {
    auto rest = trim(text);
    for (auto shorter = without_one_footnote(rest); shorter != rest; shorter = without_one_footnote(rest)) {
        if (reading.repairs.empty()) reading.repairs.emplace_back("footnote mark");
        rest = shorter;
    }
    constexpr std::string_view permille = "\u2030";
    if (rest.ends_with('%') && rest.size() > 1) {
        rest = trim(rest.substr(0, rest.size() - 1));
        reading.share = ShareSign::percent;
        reading.repairs.emplace_back("percent sign");
    } else if (rest.ends_with(permille) && rest.size() > permille.size()) {
        rest = trim(rest.substr(0, rest.size() - permille.size()));
        reading.share = ShareSign::permille;
        reading.repairs.emplace_back("permille sign");
    }
    if (rest.size() > 2 && rest.starts_with('(') && rest.ends_with(')')) {
        rest = trim(rest.substr(1, rest.size() - 2));
        reading.few_cases = true;
        reading.repairs.emplace_back("brackets, for few cases");
    }
    return with_plain_spaces(rest);
}

/// "2019/05/09", "09.05.2019", "9-май": what spreadsheets make of "9.5" and "9/5".
bool is_date(std::string_view text) {
    static const std::regex numeric(
        R"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T]\d{1,2}:\d{2}.*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})");
    static const std::regex named(
        R"(\d{1,4}[-. ](янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^ ]*)"
        R"(|(янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^ ]*[-. ]\d{1,4})");
    const auto folded = fold(text);
    return std::regex_match(folded, numeric) || std::regex_match(folded, named);
}

void refuse_text(CellReading& reading, std::string_view text, bool repair) {
    reading.value.reset();
    if (!reading.fault.empty()) return;
    if (is_date(text)) {
        reading.fault = fmt::format("'{}' is a date, expected a number", text);
        reading.hint =
            "a spreadsheet takes 9.5 for the 9th of May: format the column as numbers or as text and write "
            "the figure again";
        return;
    }
    reading.fault = fmt::format("'{}' is text, expected a number", text);
    auto with_point = std::string(text);
    std::ranges::replace(with_point, ',', '.');
    reading.hint = !repair && with_point != text && parse_number(with_point)
                       ? "write numbers with a decimal point: " + with_point
                       : fmt::format(
                             "leave the cell empty where the figure is missing, or name the mark: --missing "
                             "\"{0}\", in a plan missing = [\"{0}\"]",
                             text);
}

std::optional<double> repaired_number(std::string_view text, const Separators& separators,
                                      CellReading& reading) {
    const auto bare = without_decoration(text, reading);
    auto digits = split_sign(bare, reading);
    const bool has_digit = std::ranges::any_of(digits.text, is_digit);
    if (!has_digit) return std::nullopt;
    const bool had_spaces = digits.text.find(' ') != std::string::npos;
    if (!repair_thousands(digits, separators.point, reading) ||
        !repair_comma(digits, separators.comma, had_spaces, reading))
        return std::nullopt;
    return parse_number(digits.sign + digits.text);
}

/// What one cell shows of a separator: `one` stands in it, `other` may.
Meaning meaning_in(std::string_view digits, char one, char other) {
    const auto count = std::ranges::count(digits, one);
    if (count == 0 || digits.find_first_not_of("0123456789,. ") != std::string_view::npos)
        return Meaning::unknown;
    const auto last = digits.rfind(one);
    const auto first_other = digits.find(other);
    const bool before_other = first_other != std::string_view::npos && first_other > last;
    if (count > 1 || before_other) {
        // Points in dates and numberings are no thousands.
        return is_grouped(digits.substr(0, first_other), one) ? Meaning::thousands : Meaning::unknown;
    }
    const bool decimal = digits.size() - last - 1 != 3 || (digits.starts_with('0') && last == 1) ||
                         digits.find(' ') != std::string_view::npos || digits.find(one) > 3 ||
                         first_other != std::string_view::npos;
    return decimal ? Meaning::decimal : Meaning::unknown;
}

Meaning together(Meaning before, Meaning here) {
    if (here == Meaning::unknown || here == before) return before;
    return before == Meaning::unknown ? here : Meaning::contradictory;
}

}  // namespace

Separators separators_of(std::span<const std::string> cells) {
    Separators separators;
    for (const auto& cell : cells) {
        if (cell.find_first_of(",.") == std::string::npos) continue;
        CellReading unused;
        const auto digits = split_sign(without_decoration(cell, unused), unused).text;
        separators.comma = together(separators.comma, meaning_in(digits, ',', '.'));
        separators.point = together(separators.point, meaning_in(digits, '.', ','));
    }
    return separators;
}

CellReading read_cell(std::string_view text, const Separators& separators, const TableSource& source) {
    CellReading reading;
    if (text.empty() || is_mark(source.missing, text))
        reading.value = Value::without(State::missing);
    else if (is_mark(source.suppressed, text))
        reading.value = Value::without(State::suppressed);
    else if (is_mark(source.not_applicable, text))
        reading.value = Value::without(State::not_applicable);
    if (reading.value) return reading;
    auto number = parse_number(text);
    const bool plain = separators.point == Meaning::unknown || separators.point == Meaning::decimal ||
                       !could_part_thousands(text.substr(text.starts_with('-') ? 1 : 0));
    if ((!number || !plain) && source.repair) {
        auto sign = fold(without_footnotes(text));
        if (is_among(missing_signs, sign)) reading.value = Value::without(State::missing);
        if (is_among(suppressed_signs, sign)) reading.value = Value::without(State::suppressed);
        reading.is_sign = reading.value.has_value();
        if (reading.is_sign) return reading;
        number = repaired_number(text, separators, reading);
    }
    if (!number) {
        refuse_text(reading, text, source.repair);
    } else if (!std::isfinite(*number)) {
        reading.fault = fmt::format("'{}' is not a finite number", text);
        reading.hint = "leave the cell empty where the figure is missing";
    } else {
        reading.value = Value::of(*number);
    }
    return reading;
}

std::string without_footnotes(std::string_view text) {
    auto rest = trim(text);
    for (auto shorter = without_one_footnote(rest); shorter != rest; shorter = without_one_footnote(rest))
        rest = shorter;
    return std::string(rest);
}

std::string on_one_line(std::string_view text) {
    std::string result;
    for (const char c : with_plain_spaces(trim(text)))
        if (c != ' ' || !result.ends_with(' ')) result += c;
    return result;
}

std::optional<SdmxStatus> sdmx_status(std::string_view code) {
    // SDMX CL_OBS_STATUS, version 2.2.
    constexpr std::array<std::pair<char, SdmxStatus>, 20> codes{{
        {'A', {State::present, ""}},
        {'B', {State::present, "time series break"}},
        {'D', {State::present, "definition differs"}},
        {'E', {State::present, "estimated value"}},
        {'F', {State::present, "forecast value"}},
        {'G', {State::present, "experimental value"}},
        {'H', {State::missing, "holiday or weekend"}},
        {'I', {State::present, "imputed value"}},
        {'J', {State::present, "derogation"}},
        {'K', {State::present, "data included in another category"}},
        {'L', {State::missing, "data exist but were not collected"}},
        {'M', {State::not_applicable, "data cannot exist"}},
        {'N', {State::present, "not significant"}},
        {'O', {State::missing, ""}},
        {'P', {State::present, "provisional value"}},
        {'Q', {State::suppressed, "suppressed"}},
        {'S', {State::present, "strike and other special events"}},
        {'U', {State::present, "low reliability"}},
        {'V', {State::present, "unvalidated value"}},
        {'W', {State::present, "includes data from another category"}},
    }};
    if (code.size() != 1) return std::nullopt;
    const auto* const found =
        std::ranges::find(codes, code.front(), [](const auto& item) { return item.first; });
    if (found == codes.end()) return std::nullopt;
    return found->second;
}

}  // namespace tendik::tables
