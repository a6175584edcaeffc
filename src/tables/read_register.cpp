// The register of regions and the list of sources: tables of a fixed form.
#include "csv_rows.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/tables/read_catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string_view>

namespace tendik::tables {
namespace {

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
