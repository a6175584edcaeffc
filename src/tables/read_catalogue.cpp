#include "tendik/tables/read_catalogue.h"

#include "tendik/base/document.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string_view>

namespace tendik::tables {
namespace {

using Keys = std::initializer_list<std::string_view>;

[[noreturn]] void refuse(const Node& node, const std::string& what, const std::string& hint) {
    throw InputError(fmt::format("{}: {}", node.where(), what), hint);
}

void allow_keys(const Node& node, Keys keys) { node.refuse_unknown_keys({keys.begin(), keys.size()}); }

/// {en, ru, kk}, of which English is a must; or one text for all.
Texts read_texts(const Node& node) {
    if (node.is_text()) return {node.as_text(), {}, {}};
    allow_keys(node, {"en", "ru", "kk"});
    Texts texts;
    texts.en = node.at("en").as_text();
    if (const auto* russian = node.find("ru")) texts.ru = russian->as_text();
    if (const auto* kazakh = node.find("kk")) texts.kk = kazakh->as_text();
    return texts;
}

int read_year(const Node& node) {
    const auto year = node.as_integer();
    if (year < 1 || year > 9999)
        refuse(node, fmt::format("{} is no year", year), "write it with four digits: 2015");
    return static_cast<int>(year);
}

template <typename Enum>
Enum read_word(const Node& node, std::optional<Enum> (*from_text)(std::string_view), std::string_view known) {
    if (const auto found = from_text(node.as_text())) return *found;
    refuse(node, fmt::format("unknown word '{}'", node.as_text()), fmt::format("the words are: {}", known));
}

void read_bounds(const Node& node, Indicator& indicator) {
    const auto& ends = node.as_array();
    if (ends.size() != 2) refuse(node, "bounds are two numbers", "bounds = [0, 100]");
    indicator.lower_bound = ends[0].as_number();
    indicator.upper_bound = ends[1].as_number();
    // The negation refuses NaN as well.
    if (!(indicator.lower_bound < indicator.upper_bound)) {
        refuse(node,
               fmt::format("bounds [{}, {}] are out of order", indicator.lower_bound, indicator.upper_bound),
               "the lower bound comes first");
    }
}

WeightChoice read_weight(const Node& node) {
    allow_keys(node, {"indicator", "stand_in", "text"});
    WeightChoice weight;
    weight.indicator = node.at("indicator").as_text();
    if (const auto* stand_in = node.find("stand_in")) weight.stand_in = stand_in->as_bool();
    weight.text = read_texts(node.at("text"));
    return weight;
}

SeriesBreak read_break(const Node& node) {
    allow_keys(node, {"year", "text"});
    return {read_year(node.at("year")), read_texts(node.at("text"))};
}

IndicatorNote read_note(const Node& node) {
    allow_keys(node, {"year", "unit", "outlier", "text"});
    IndicatorNote note;
    if (const auto* year = node.find("year")) note.year = read_year(*year);
    if (const auto* unit = node.find("unit")) note.unit = unit->as_text();
    if (const auto* outlier = node.find("outlier")) note.outlier = outlier->as_bool();
    note.text = read_texts(node.at("text"));
    return note;
}

IndicatorPart read_part(const Node& node) {
    allow_keys(node, {"indicator", "weight"});
    return {node.at("indicator").as_text(), node.at("weight").as_text()};
}

double read_factor(const Node& node) {
    const auto factor = node.as_number();
    if (!(factor > 0.0)) refuse(node, "the factor must be above 0", "1000 turns thousand tonnes into tonnes");
    return factor;
}

Quotient read_quotient(const Node& node) {
    allow_keys(node, {"total", "indicator", "times", "text"});
    Quotient per;
    per.total = node.at("total").as_text();
    per.indicator = node.at("indicator").as_text();
    if (const auto* times = node.find("times")) per.times = read_factor(*times);
    if (const auto* text = node.find("text")) per.text = read_texts(*text);
    return per;
}

UnitFactor read_unit_factor(const Node& node) {
    allow_keys(node, {"name", "factor"});
    return {node.at("name").as_text(), read_factor(node.at("factor"))};
}

template <typename Read>
void for_each_of(const Node& parent, std::string_view key, Read&& read) {
    if (const auto* list = parent.find(key))
        for (const auto& item : list->as_array())
            read(item);
}

void read_year_labels(const Node& node, Indicator& indicator) {
    for (const auto& [key, label] : node.as_table()) {
        const auto year = parse_integer(key);
        if (!year || *year < 1 || *year > 9999)
            refuse(label, fmt::format("'{}' is no year", key), R"(year_labels = { "2010" = "2010-11" })");
        indicator.year_labels[static_cast<int>(*year)] = label.as_text();
    }
}

void read_scale(const Node& node, Indicator& indicator) {
    indicator.scale = node.as_number();
    if (!(indicator.scale > 0.0)) refuse(node, "the scale must be above 0", "scale = 100 for per cent");
}

void read_decimals(const Node& node, Indicator& indicator) {
    const auto decimals = node.as_integer();
    if (decimals < 0 || decimals > 10) refuse(node, "decimals must lie in 0 to 10", "decimals = 1");
    indicator.decimals = static_cast<int>(decimals);
}

void read_lists(const Node& node, Indicator& indicator) {
    for_each_of(node, "sources", [&](const Node& item) { indicator.sources.push_back(item.as_text()); });
    for_each_of(node, "breaks", [&](const Node& item) { indicator.breaks.push_back(read_break(item)); });
    for_each_of(node, "notes", [&](const Node& item) { indicator.notes.push_back(read_note(item)); });
    for_each_of(node, "parts", [&](const Node& item) { indicator.parts.push_back(read_part(item)); });
    for_each_of(node, "units", [&](const Node& item) { indicator.units.push_back(read_unit_factor(item)); });
}

/// cell = { of = "water_supply_access", residence = "urban" }
IndicatorCell read_cell(const Node& node) {
    IndicatorCell cell;
    for (const auto& [key, value] : node.as_table())
        (key == "of" ? cell.of : cell.where[key]) = value.as_text();
    if (cell.of.empty() || cell.where.empty())
        refuse(node, "a cell says of which indicator and of which part of the people",
               R"(cell = { of = "stunting", sex = "girls" })");
    return cell;
}

void refuse_two_computations(const Node& node) {
    const Node* first = nullptr;
    for (const auto* key : {"parts", "per", "gap"}) {
        const auto* way = node.find(key);
        if (way != nullptr && first != nullptr)
            refuse(*way, "'parts', 'per' and 'gap' are different ways to compute an indicator",
                   "keep one of them");
        if (way != nullptr) first = way;
    }
}

Indicator read_indicator(const Node& node) {
    allow_keys(node, {"code",   "name",     "theme",  "unit",       "kind",    "scale",       "direction",
                      "bounds", "decimals", "weight", "definition", "sources", "year_labels", "breaks",
                      "notes",  "parts",    "per",    "units",      "partial", "cell",        "gap"});
    Indicator indicator;
    indicator.code = node.at("code").as_text();
    if (indicator.code.empty()) refuse(node.at("code"), "the code is empty", "code = \"stunting\"");
    indicator.name = read_texts(node.at("name"));
    if (const auto* theme = node.find("theme")) indicator.theme = theme->as_text();
    indicator.unit = read_texts(node.at("unit"));
    indicator.kind = read_word(node.at("kind"), kind_from_text, "rate, mean, total, count");
    indicator.direction =
        read_word(node.at("direction"), direction_from_text, "adverse, favourable, neutral");
    if (const auto* scale = node.find("scale")) read_scale(*scale, indicator);
    if (const auto* bounds = node.find("bounds")) read_bounds(*bounds, indicator);
    if (const auto* decimals = node.find("decimals")) read_decimals(*decimals, indicator);
    if (const auto* weight = node.find("weight")) indicator.weight = read_weight(*weight);
    if (const auto* definition = node.find("definition")) indicator.definition = read_texts(*definition);
    if (const auto* labels = node.find("year_labels")) read_year_labels(*labels, indicator);
    if (const auto* per = node.find("per")) indicator.per = read_quotient(*per);
    refuse_two_computations(node);
    if (const auto* cell = node.find("cell")) indicator.cell = read_cell(*cell);
    if (const auto* partial = node.find("partial")) indicator.partial = partial->as_bool();
    read_lists(node, indicator);
    return indicator;
}

void require_entry(const Catalogue& catalogue, const Node& node) {
    if (find_indicator(catalogue, node.as_text()) != nullptr) return;
    std::vector<std::string> codes;
    for (const auto& indicator : catalogue.indicators)
        codes.push_back(indicator.code);
    const auto near = nearest(node.as_text(), codes);
    refuse(node, fmt::format("no entry of the catalogue has the code '{}'", node.as_text()),
           near ? fmt::format("did you mean '{}'?", *near) : "add an [[indicator]] with that code");
}

/// What one entry says of others must exist.
void check_references(const Catalogue& catalogue, const Node& node) {
    if (const auto* theme = node.find("theme"); theme != nullptr && !theme->as_text().empty()) {
        const auto same = [theme](const Theme& known) { return known.code == theme->as_text(); };
        if (std::ranges::none_of(catalogue.themes, same))
            refuse(*theme, fmt::format("unknown theme '{}'", theme->as_text()),
                   "add a [[theme]] with that code");
    }
    if (const auto* weight = node.find("weight")) require_entry(catalogue, weight->at("indicator"));
    if (const auto* per = node.find("per")) {
        require_entry(catalogue, per->at("total"));
        require_entry(catalogue, per->at("indicator"));
    }
    if (const auto* one = node.find("cell")) require_entry(catalogue, one->at("of"));
    for_each_of(node, "parts", [&catalogue](const Node& part) {
        require_entry(catalogue, part.at("indicator"));
        require_entry(catalogue, part.at("weight"));
    });
}

/// The code of the indicator that is this cell of another.
std::string code_of_cell(const Catalogue& catalogue, const Node& of, const std::string& dimension,
                         const Node& value) {
    std::vector<std::string> values;
    for (const auto& indicator : catalogue.indicators) {
        const auto& cell = indicator.cell;
        if (!cell || cell->of != of.as_text() || cell->where.size() != 1) continue;
        const auto& [name, part] = *cell->where.begin();
        if (name == dimension && part == value.as_text()) return indicator.code;
        if (name == dimension) values.push_back(part);
    }
    refuse(value,
           fmt::format("no entry is the cell of '{}' with {} = \"{}\"", of.as_text(), dimension,
                       value.as_text()),
           values.empty() ? fmt::format(R"(add cell = {{ of = "{}", {} = "{}" }} to one)", of.as_text(),
                                        dimension, value.as_text())
                          : fmt::format("the values of '{}' are: {}", dimension, join_text(values, ", ")));
}

/// gap = { of = "water_supply_access", residence = ["urban", "rural"] }: the first cell less the second.
IndicatorGap read_gap(const Catalogue& catalogue, const Node& node) {
    require_entry(catalogue, node.at("of"));
    const auto& words = node.as_table();
    const auto dimension = std::ranges::find_if(words, [](const auto& word) { return word.first != "of"; });
    if (words.size() != 2 || !dimension->second.is_array() || dimension->second.as_array().size() != 2 ||
        dimension->second.as_array()[0].as_text() == dimension->second.as_array()[1].as_text())
        refuse(node, "a gap is between two cells of one indicator",
               R"(gap = { of = "stunting", residence = ["rural", "urban"] } is rural less urban)");
    const auto& ends = dimension->second.as_array();
    return {code_of_cell(catalogue, node.at("of"), dimension->first, ends[0]),
            code_of_cell(catalogue, node.at("of"), dimension->first, ends[1])};
}

}  // namespace

Catalogue read_catalogue(const std::filesystem::path& file) {
    const auto root = read_toml_file(file);
    allow_keys(root, {"schema", "theme", "indicator"});
    if (const auto& schema = root.at("schema"); schema.as_text() != "tendik.catalogue/1") {
        refuse(schema, fmt::format("'{}' is not the schema of a catalogue", schema.as_text()),
               "schema = \"tendik.catalogue/1\"");
    }
    Catalogue catalogue;
    for_each_of(root, "theme", [&catalogue](const Node& node) {
        allow_keys(node, {"code", "name"});
        catalogue.themes.push_back({node.at("code").as_text(), read_texts(node.at("name"))});
    });
    for_each_of(root, "indicator", [&catalogue](const Node& node) {
        auto indicator = read_indicator(node);
        if (find_indicator(catalogue, indicator.code) != nullptr)
            refuse(node.at("code"), fmt::format("the code '{}' stands twice", indicator.code),
                   "codes are unique");
        catalogue.indicators.push_back(std::move(indicator));
    });
    for_each_of(root, "indicator", [&catalogue, i = std::size_t{0}](const Node& node) mutable {
        check_references(catalogue, node);
        auto& indicator = catalogue.indicators[i++];
        if (const auto* gap = node.find("gap")) indicator.gap = read_gap(catalogue, *gap);
        indicator.difference = indicator.gap.has_value();
    });
    return catalogue;
}

}  // namespace tendik::tables
