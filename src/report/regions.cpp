#include "tendik/report/regions.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/io/write_layers.h"
#include "tendik/join/match.h"
#include "tendik/tables/read_catalogue.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const RegisterEntry& unit) {
    return {{"unit_id", unit.unit_id},
            {"region_code", unit.region_code},
            {"iso_numeric", unit.iso_numeric},
            {"kato", unit.kato},
            {"kind", unit.kind},
            {"name", {{"en", unit.name.en}, {"ru", unit.name.ru}, {"kk", unit.name.kk}}},
            {"capital", {{"en", unit.capital.en}, {"ru", unit.capital.ru}, {"kk", unit.capital.kk}}},
            {"valid_from", unit.valid_from},
            {"valid_to", unit.valid_to},
            {"vintages", unit.vintages},
            {"predecessors", unit.predecessors},
            {"successors", unit.successors},
            {"note", unit.note}};
}

void refuse_unknown_vintage(const Register& reg, const std::string& vintage) {
    if (vintage.empty()) return;
    std::vector<std::string> known;
    for (const auto& entry : reg.entries)
        for (const auto& one : entry.vintages)
            if (std::ranges::find(known, one) == known.end()) known.push_back(one);
    if (std::ranges::find(known, vintage) != known.end()) return;
    throw UsageError(fmt::format("there is no vintage '{}'", vintage),
                     fmt::format("known: {}", join_text(known, ", ")));
}

std::vector<const RegisterEntry*> units_of(const Register& reg, const std::string& vintage) {
    std::vector<const RegisterEntry*> units;
    for (const auto& entry : reg.entries) {
        const bool wanted = std::ranges::find(entry.vintages, vintage) != entry.vintages.end();
        if (entry.kind != "country" && (vintage.empty() || wanted)) units.push_back(&entry);
    }
    return units;
}

std::string csv_of(const std::vector<const RegisterEntry*>& units) {
    std::vector<Field> fields;
    const auto add = [&](const std::string& name, auto pick) {
        Field field{name, FieldType::text, {}, {}};
        for (const auto* unit : units)
            field.cells.emplace_back(std::string(pick(*unit)));
        fields.push_back(std::move(field));
    };
    add("unit_id", [](const RegisterEntry& unit) { return unit.unit_id; });
    add("region_code", [](const RegisterEntry& unit) { return unit.region_code; });
    add("iso_numeric", [](const RegisterEntry& unit) { return unit.iso_numeric; });
    add("kato", [](const RegisterEntry& unit) { return unit.kato; });
    add("kind", [](const RegisterEntry& unit) { return unit.kind; });
    add("name_en", [](const RegisterEntry& unit) { return unit.name.en; });
    add("name_ru", [](const RegisterEntry& unit) { return unit.name.ru; });
    add("name_kk", [](const RegisterEntry& unit) { return unit.name.kk; });
    add("valid_from", [](const RegisterEntry& unit) { return unit.valid_from; });
    add("valid_to", [](const RegisterEntry& unit) { return unit.valid_to; });
    add("vintages", [](const RegisterEntry& unit) { return join_text(unit.vintages, "|"); });
    add("predecessors", [](const RegisterEntry& unit) { return join_text(unit.predecessors, "|"); });
    add("successors", [](const RegisterEntry& unit) { return join_text(unit.successors, "|"); });
    return io::to_csv(fields);
}

std::string text_of(const RegisterEntry& unit) {
    auto text = fmt::format("{}  {} / {} / {}\n", unit.unit_id, unit.name.en, unit.name.ru, unit.name.kk);
    text += fmt::format("    {}; codes {}", unit.kind, unit.region_code);
    if (!unit.iso_numeric.empty()) text += fmt::format(", {}", unit.iso_numeric);
    if (!unit.kato.empty()) text += fmt::format(", KATO {}", unit.kato);
    text += fmt::format("; in {}", join_text(unit.vintages, ", "));
    text += fmt::format("; from {}", unit.valid_from.empty() ? "an unknown date" : unit.valid_from);
    if (!unit.valid_to.empty()) text += fmt::format(" to {}", unit.valid_to);
    if (!unit.predecessors.empty()) text += fmt::format("; before: {}", join_text(unit.predecessors, ", "));
    if (!unit.successors.empty()) text += fmt::format("; after: {}", join_text(unit.successors, ", "));
    return text + "\n";
}

std::vector<std::string> ids_of(const join::Match& match) {
    std::vector<std::string> ids;
    for (const auto* unit : match.units)
        ids.push_back(unit->unit_id);
    return ids;
}

std::string sentence_of(const std::string& name, const join::Match& match) {
    if (match.units.empty()) {
        const auto near = match.suggestions.empty()
                              ? std::string{}
                              : fmt::format(" (did you mean {}?)", join_text(match.suggestions, ", "));
        return fmt::format("{}: no unit of this name{}\n", name, near);
    }
    if (match.units.size() == 1) {
        const auto& unit = *match.units.front();
        return fmt::format("{}: {} {} ({})\n", name, unit.unit_id, unit.name.en, match.why);
    }
    auto text = fmt::format("{}: ambiguous, {} units bear it ({}):", name, match.units.size(), match.why);
    for (const auto* unit : match.units)
        text += fmt::format(" {} {};", unit->unit_id, unit->name.en);
    text.pop_back();
    return text + "\n";
}

}  // namespace

Register read_builtin_register(const std::filesystem::path& data_folder) {
    Findings none;  // every column of the built-in register is known
    return tables::read_register(data_folder / "geodata" / "kazakhstan" / "regions.csv", none);
}

std::string list_regions(const Register& reg, const std::string& vintage, Format format) {
    refuse_unknown_vintage(reg, vintage);
    const auto units = units_of(reg, vintage);
    if (format == Format::csv) return csv_of(units);
    if (format == Format::json) {
        Json all = Json::array();
        for (const auto* unit : units)
            all.push_back(json_of(*unit));
        return Json{{"schema", "tendik.regions/1"}, {"regions", std::move(all)}}.dump(2) + "\n";
    }
    std::string text;
    for (const auto* unit : units)
        text += text_of(*unit);
    return text;
}

std::string match_regions(const Register& reg, const std::vector<std::string>& names,
                          const std::string& vintage, Format format, bool& all_clear) {
    refuse_unknown_vintage(reg, vintage);
    const join::Matcher matcher(reg, vintage);
    all_clear = true;
    Json all = Json::array();
    std::vector<Field> fields{{"name", FieldType::text, {}, {}},
                              {"unit_ids", FieldType::text, {}, {}},
                              {"why", FieldType::text, {}, {}},
                              {"suggestions", FieldType::text, {}, {}}};
    std::string text;
    for (const auto& name : names) {
        const auto match = matcher(name);
        const auto ids = ids_of(match);
        all_clear = all_clear && ids.size() == 1;
        all.push_back(
            {{"name", name}, {"units", ids}, {"why", match.why}, {"suggestions", match.suggestions}});
        fields[0].cells.emplace_back(name);
        fields[1].cells.emplace_back(join_text(ids, "|"));
        fields[2].cells.emplace_back(match.why);
        fields[3].cells.emplace_back(join_text(match.suggestions, "|"));
        text += sentence_of(name, match);
    }
    if (format == Format::csv) return io::to_csv(fields);
    if (format == Format::text) return text;
    return Json{{"schema", "tendik.matches/1"}, {"matches", std::move(all)}}.dump(2) + "\n";
}

}  // namespace tendik::report
