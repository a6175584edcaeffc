#include "tendik/tables/read_catalogue.h"

#include "csv_rows.h"
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

Indicator read_indicator(const Node& node) {
    allow_keys(node, {"code",   "name",     "theme",  "unit",       "kind",    "scale",       "direction",
                      "bounds", "decimals", "weight", "definition", "sources", "year_labels", "breaks",
                      "notes",  "parts",    "per",    "units",      "partial", "cell"});
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
    if (indicator.per && node.find("parts") != nullptr)
        refuse(*node.find("per"), "'per' and 'parts' are two ways to compute an indicator",
               "keep one of them");
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

const std::string& cell(const TextRows& table, const TextRow& row, std::string_view name) {
    return row.fields[table.column(name)].text;
}

std::string cell_if_any(const TextRows& table, const TextRow& row, std::string_view name) {
    const auto column = table.find_column(name);
    return column ? row.fields[*column].text : std::string();
}

std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> list;
    for (const auto& part : split(text, '|'))
        if (const auto item = trim(part); !item.empty()) list.emplace_back(item);
    return list;
}

bool yes_or_no(const TextRows& table, const TextRow& row, std::string_view name) {
    const auto column = table.column(name);
    const auto& text = row.fields[column].text;
    if (text != "yes" && text != "no")
        table.refuse(row, column, fmt::format("'{}' is neither 'yes' nor 'no'", text), "write yes or no");
    return text == "yes";
}

/// A column with the vintages themselves or, as in the register of Kazakhstan, one for each.
std::vector<std::string> vintages_of(const TextRows& table, const TextRow& row) {
    auto vintages = list_of(cell_if_any(table, row, "vintages"));
    for (const auto& [column, vintage] :
         {std::pair{"in_pre2018", "pre-2018"}, std::pair{"in_2018", "2018"}, std::pair{"in_2022", "2022"}})
        if (table.find_column(column) && yes_or_no(table, row, column)) vintages.emplace_back(vintage);
    return vintages;
}

RegisterEntry entry_of(const TextRows& table, const TextRow& row) {
    RegisterEntry entry;
    entry.unit_id = cell(table, row, "unit_id");
    if (entry.unit_id.empty())
        table.refuse(row, table.column("unit_id"), "the unit id is empty", "every unit has one");
    entry.region_code = cell_if_any(table, row, "region_code");
    entry.iso_numeric = cell_if_any(table, row, "iso_numeric");
    entry.kato = cell_if_any(table, row, "kato");
    entry.pcode = cell_if_any(table, row, "pcode");
    entry.kind = cell_if_any(table, row, "kind");
    entry.name = {cell(table, row, "name_en"), cell_if_any(table, row, "name_ru"),
                  cell_if_any(table, row, "name_kk")};
    if (entry.name.en.empty())
        table.refuse(row, table.column("name_en"), "the name is empty", "every unit has a name");
    entry.variants = list_of(cell_if_any(table, row, "variants"));
    const auto latin = cell_if_any(table, row, "name_kk_latin");
    if (!latin.empty() && std::ranges::find(entry.variants, latin) == entry.variants.end())
        entry.variants.push_back(latin);
    entry.capital = {cell_if_any(table, row, "capital_en"), cell_if_any(table, row, "capital_ru"),
                     cell_if_any(table, row, "capital_kk")};
    entry.valid_from = cell_if_any(table, row, "valid_from");
    entry.valid_to = cell_if_any(table, row, "valid_to");
    entry.vintages = vintages_of(table, row);
    entry.predecessors = list_of(cell_if_any(table, row, "predecessors"));
    entry.successors = list_of(cell_if_any(table, row, "successors"));
    entry.note = cell_if_any(table, row, "note");
    return entry;
}

/// Every column that a register may have. The last ones are for a reader of the file and are not read.
const std::vector<std::string> register_columns{
    "unit_id",    "region_code",       "iso_numeric",  "kato",          "pcode",    "kind",
    "name_en",    "name_ru",           "name_kk",      "name_kk_latin", "variants", "capital_en",
    "capital_ru", "capital_kk",        "valid_from",   "valid_to",      "vintages", "in_pre2018",
    "in_2018",    "in_2022",           "predecessors", "successors",    "note",     "parent",
    "kato2",      "area_official_km2", "sources"};

/// A column that is not read is told: it may be a misspelt one, and then names would be missing unseen.
void tell_unread_columns(const TextRows& table, Findings& findings) {
    std::vector<std::string> absent;
    std::ranges::copy_if(register_columns, std::back_inserter(absent),
                         [&table](const std::string& name) { return !table.find_column(name); });
    for (std::size_t i = 0; i < table.heading.size(); ++i) {
        const auto& name = table.heading[i];
        if (std::ranges::find(register_columns, name) != register_columns.end()) continue;
        const auto near = nearest(name, absent);
        findings.add(
            near ? Severity::warning : Severity::note, "unread-column",
            fmt::format("{}, line {}, column {}", table.file, table.heading_line, i + 1),
            near ? fmt::format("the register's column '{}' is not read, did you mean '{}'?", name, *near)
                 : fmt::format("the register's column '{}' is not read", name));
    }
}

void refuse_unknown_relatives(const TextRows& table, const Register& reg) {
    for (std::size_t i = 0; i < reg.entries.size(); ++i) {
        const auto check = [&](const std::vector<std::string>& relatives, std::string_view column) {
            for (const auto& id : relatives) {
                const auto same = [&id](const RegisterEntry& entry) { return entry.unit_id == id; };
                if (std::ranges::any_of(reg.entries, same)) continue;
                table.refuse(table.rows[i], table.column(column),
                             fmt::format("no unit '{}' in the register", id),
                             "name units by the ids of the column unit_id, several with | between");
            }
        };
        check(reg.entries[i].predecessors, "predecessors");
        check(reg.entries[i].successors, "successors");
    }
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
    for_each_of(root, "indicator", [&catalogue](const Node& node) { check_references(catalogue, node); });
    return catalogue;
}

Register read_register(const std::filesystem::path& file, Findings& findings) {
    const auto table = read_csv(file);
    tell_unread_columns(table, findings);
    Register reg;
    reg.source = table.file;
    std::map<std::string, std::size_t> line_by_id;
    for (const auto& row : table.rows) {
        auto entry = entry_of(table, row);
        const auto [first, is_new] = line_by_id.emplace(entry.unit_id, row.line);
        if (!is_new) {
            table.refuse(row, table.column("unit_id"),
                         fmt::format("unit id '{}' stands in line {} already", entry.unit_id, first->second),
                         "a code that was used again gets @ and the year it began: KZ-YUZ@2018");
        }
        reg.entries.push_back(std::move(entry));
    }
    refuse_unknown_relatives(table, reg);
    return reg;
}

std::vector<Source> read_sources(const std::filesystem::path& file) {
    const auto table = read_csv(file);
    std::vector<Source> sources;
    std::map<std::string, std::size_t> line_by_id;
    for (const auto& row : table.rows) {
        Source source{cell(table, row, "source_id"), cell(table, row, "title"), cell(table, row, "publisher"),
                      cell(table, row, "year"), cell(table, row, "licence")};
        const auto column = table.column("source_id");
        if (source.id.empty())
            table.refuse(row, column, "the id of the source is empty", "every source has one");
        const auto [first, is_new] = line_by_id.emplace(source.id, row.line);
        if (!is_new) {
            table.refuse(row, column,
                         fmt::format("source '{}' stands in line {} already", source.id, first->second),
                         "give every source an id of its own");
        }
        sources.push_back(std::move(source));
    }
    return sources;
}

}  // namespace tendik::tables
