// Measures between parts of the people, for people and machines.
#include "tendik/report/disaggregation_report.h"

#include "findings_json.h"
#include "spoken.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace tendik::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto absent = "-";

const Layer& layer_of(const Disaggregated& study, const CellLayer& cell) {
    return study.prepared.atlas.layers[cell.layer];
}

const Boundaries& boundaries_of(const Disaggregated& study, const DisaggregatedYear& year) {
    return study.prepared.atlas.boundaries_of(layer_of(study, year.cells.front()));
}

Json json_of(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }
Json json_of(const Value& value) { return value.shown() ? Json(value.number) : Json(nullptr); }
Cell cell_of(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }
Cell cell_of(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

/// {"sex": "girls"}, without what is all together.
Json where_json(const Disaggregated& study, const std::vector<std::string>& values) {
    Json where = Json::object();
    for (std::size_t d = 0; d < values.size(); ++d)
        if (!values[d].empty()) where[study.dimensions[d].name] = values[d];
    return where;
}

/// "girls, rural"; empty: all together.
std::string cell_words(const std::vector<std::string>& values) {
    std::vector<std::string> named;
    std::ranges::copy_if(values, std::back_inserter(named), [](const auto& one) { return !one.empty(); });
    return join_text(named, ", ");
}

Json measures_json_of(const std::vector<Measure>& measures) {
    Json all = Json::array();
    for (const auto& measure : measures)
        all.push_back({{"code", measure.code},
                       {"value", json_of(measure.value)},
                       {"se", json_of(measure.se)},
                       {"lower", json_of(measure.lower)},
                       {"upper", json_of(measure.upper)},
                       {"unit", measure.unit},
                       {"note", measure.note.empty() ? Json(nullptr) : Json(measure.note)}});
    return all;
}

void add_unit(Json& json, const PartedUnit& unit, const Dimension& dimension) {
    Json values = Json::array();
    for (std::size_t v = 0; v < unit.values.size(); ++v)
        values.push_back({{"value", dimension.values[v]},
                          {"number", json_of(unit.values[v])},
                          {"state", to_text(unit.values[v].state)}});
    json["values"] = std::move(values);
    json["highest"] = unit.highest ? Json(dimension.values[*unit.highest]) : Json(nullptr);
    json["lowest"] = unit.lowest ? Json(dimension.values[*unit.lowest]) : Json(nullptr);
    json["measures"] = measures_json_of(unit.measures);
}

Json inside_json(const Disaggregated& study, const DisaggregatedYear& year, const Parted& parted) {
    const auto& dimension = study.dimensions[parted.dimension];
    const auto& boundaries = boundaries_of(study, year);
    Json national{{"basis", to_text(parted.basis)}};
    add_unit(national, parted.nation, dimension);
    Json regions = Json::array();
    for (std::size_t i = 0; i < parted.regions.size(); ++i) {
        Json region{{"key", boundaries.regions[i].key}};
        add_unit(region, parted.regions[i], dimension);
        region["rank"] = parted.regions[i].rank ? Json(*parted.regions[i].rank) : Json(nullptr);
        regions.push_back(std::move(region));
    }
    return {{"dimension", dimension.name},
            {"where", where_json(study, parted.others)},
            {"national", std::move(national)},
            {"regions", std::move(regions)}};
}

Json cell_json(const Disaggregated& study, const CellLayer& cell) {
    const auto& layer = layer_of(study, cell);
    const auto& measures = study.prepared.results[cell.layer].measures;
    const auto& boundaries = study.prepared.atlas.boundaries_of(layer);
    const auto key = [&](const std::optional<RegionIndex>& index) {
        return index ? Json(boundaries.regions[static_cast<std::size_t>(*index)].key) : Json(nullptr);
    };
    Json regions = Json::array();
    for (std::size_t i = 0; i < layer.values.size(); ++i)
        regions.push_back({{"key", boundaries.regions[i].key},
                           {"value", json_of(layer.values[i])},
                           {"state", to_text(layer.values[i].state)}});
    return {{"where", where_json(study, cell.values)},
            {"indicator", layer.indicator.code},
            {"n", measures.counted},
            {"mean", json_of(measures.mean)},
            {"published", layer.published ? Json(layer.published->value) : Json(nullptr)},
            {"weighted", measures.weighted},
            {"highest", key(measures.highest)},
            {"lowest", key(measures.lowest)},
            {"measures", measures_json_of(measures.measures)},
            {"regions", std::move(regions)}};
}

/// Columns of one comparison, named with what they begin with; one cell a unit.
void add_fields(std::vector<Field>& fields, const std::vector<const PartedUnit*>& units,
                const Dimension& dimension, const std::string& prefix) {
    const auto add = [&](const std::string& name, FieldType type, const auto& cell) {
        Field field{prefix + name, type, {}, {}};
        for (const auto* unit : units)
            field.cells.push_back(cell(*unit));
        fields.push_back(std::move(field));
    };
    for (std::size_t v = 0; v < dimension.values.size(); ++v) {
        // With a word before it: SDMX calls villages R, as the ratio is called.
        const auto name = "figure_" + dimension.values[v];
        add(name, FieldType::real, [v](const PartedUnit& unit) {
            return unit.values[v].shown() ? Cell{unit.values[v].number} : Cell{};
        });
        add(name + "_state", FieldType::text,
            [v](const PartedUnit& unit) { return Cell{std::string(to_text(unit.values[v].state))}; });
    }
    const std::pair<const char*, std::optional<double> Measure::*> numbers[] = {{"", &Measure::value},
                                                                                {"_se", &Measure::se},
                                                                                {"_lower", &Measure::lower},
                                                                                {"_upper", &Measure::upper}};
    for (std::size_t m = 0; m < units.front()->measures.size(); ++m)
        for (const auto& [ending, what] : numbers)
            add(units.front()->measures[m].code + ending, FieldType::real,
                [m, what = what](const PartedUnit& unit) { return cell_of(unit.measures[m].*what); });
    add("rank", FieldType::integer, [](const PartedUnit& unit) {
        return unit.rank ? Cell{static_cast<std::int64_t>(*unit.rank)} : Cell{};
    });
    add("highest", FieldType::text, [&](const PartedUnit& unit) {
        return unit.highest ? Cell{dimension.values[*unit.highest]} : Cell{};
    });
    add("note", FieldType::text, [](const PartedUnit& unit) { return cell_of(unit.measures.front().note); });
}

/// All comparisons of one year beside each other; with the country its row is the first.
std::vector<Field> fields_of(const Disaggregated& study, const DisaggregatedYear& year, bool with_country) {
    std::vector<Field> fields;
    for (const auto& parted : year.inside) {
        const auto& dimension = study.dimensions[parted.dimension];
        std::string prefix;
        if (study.dimensions.size() > 1) {
            prefix = dimension.name + "_";
            for (const auto& other : parted.others)
                if (!other.empty()) prefix += other + "_";
        }
        std::vector<const PartedUnit*> units;
        if (with_country) units.push_back(&parted.nation);
        for (const auto& region : parted.regions)
            units.push_back(&region);
        add_fields(fields, units, dimension, prefix);
    }
    return fields;
}

/// What a reader at a terminal is told of one year, in one language.
class Telling {
public:
    Telling(const Disaggregated& study, const DisaggregatedYear& year, const Spoken& say)
        : m_study(study),
          m_year(year),
          m_regions(boundaries_of(study, year).regions),
          m_decimals(layer_of(study, year.cells.front()).indicator.decimals),
          m_say(say) {}

    std::string text() const {
        std::string text;
        for (const auto& parted : m_year.inside)
            text += inside(parted) + "\n";
        return text + across();
    }

private:
    using Slots = std::vector<std::pair<std::string, std::string>>;

    std::string words(const std::string& key, const Slots& slots = {}) const {
        auto text = m_say.words(key);
        for (const auto& [name, filling] : slots)
            if (const auto at = text.find("{" + name + "}"); at != std::string::npos)
                text.replace(at, name.size() + 2, filling);
        return text;
    }

    std::string line(const std::string& key, const Slots& slots = {}) const {
        return "  " + words(key, slots) + "\n";
    }

    std::string number(const std::optional<double>& value) const {
        return value ? m_say.plain(*value, m_decimals) : absent;
    }

    std::vector<std::string> parts(std::vector<std::string> names) const {
        for (auto& name : names)
            name = m_say.part(name);
        return names;
    }

    /// "no figure of 'rural' (missing)", in the language.
    std::string reason(const std::string& note, const Dimension& dimension) const {
        if (m_say.language() == Language::en) return note;
        auto text = m_say.note(note);
        const auto replace = [&text](const std::string& from, const std::string& to) {
            for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
                text.replace(at, from.size(), to);
        };
        for (const auto& value : dimension.values)
            replace("'" + value + "'", m_say.part(value));
        for (const auto state : {State::missing, State::suppressed, State::not_applicable, State::unmatched})
            replace(fmt::format("({})", to_text(state)), fmt::format("({})", m_say.state(state)));
        return text;
    }

    /// Measures of points as the figures are written, the others with two more digits.
    std::string measure(const Measure* one) const {
        if (one == nullptr || !one->value) return absent;
        return m_say.plain(*one->value, one->unit == "points" ? m_decimals : m_decimals + 2);
    }

    std::string figure(const Value& value) const {
        return value.shown() ? m_say.plain(value.number, m_decimals) : m_say.state(value.state);
    }

    std::string region(std::size_t i) const { return m_say.region(m_regions[i]); }

    std::string title(const std::vector<std::string>& others) const {
        const auto* known = find_indicator(m_study.prepared.catalogue, m_study.indicator);
        auto text = known != nullptr ? known->name.in(m_say.language()) : m_study.indicator;
        if (m_year.year) text += ", " + std::to_string(*m_year.year);
        const auto cell = cell_words(parts(others));
        return cell.empty() ? text : text + ", " + cell;
    }

    std::string country(const Parted& parted) const {
        const auto& dimension = m_study.dimensions[parted.dimension];
        std::vector<std::string> figures;
        for (std::size_t v = 0; v < dimension.values.size(); ++v)
            figures.push_back(m_say.part(dimension.values[v]) + " " + figure(parted.nation.values[v]));
        for (const auto& one : parted.nation.measures)
            if (one.value) figures.push_back(one.code + " " + measure(&one));
        const auto* key = parted.basis == NationalBasis::published  ? "country_published"
                          : parted.basis == NationalBasis::weighted ? "country_weighted"
                                                                    : "country_unweighted";
        return line(key, {{"figures", join_text(figures, ", ")}});
    }

    std::string spread(const Parted& parted, const std::vector<std::size_t>& ranked) const {
        if (ranked.empty()) return {};
        std::size_t above = 0, known = 0, beyond = 0;
        for (const auto i : ranked) {
            const auto& gap = *parted.regions[i].find("D");
            above += *gap.value > 0.0 ? 1U : 0U;
            known += gap.lower ? 1U : 0U;
            beyond += gap.lower && (*gap.lower > 0.0 || *gap.upper < 0.0) ? 1U : 0U;
        }
        const auto named = [&](std::size_t i) {
            return region(i) + " " + measure(parted.regions[i].find("D"));
        };
        auto text = line("spread", {{"count", std::to_string(above)},
                                    {"of", std::to_string(ranked.size())},
                                    {"largest", named(ranked.front())},
                                    {"smallest", named(ranked.back())}});
        if (known == 0) return text + line("no_errors");
        return text +
               line("beyond_error", {{"count", std::to_string(beyond)}, {"of", std::to_string(known)}});
    }

    std::string inside(const Parted& parted) const {
        const auto& dimension = m_study.dimensions[parted.dimension];
        std::vector<std::size_t> ranked;
        std::string without;
        for (std::size_t i = 0; i < parted.regions.size(); ++i) {
            if (parted.regions[i].rank)
                ranked.push_back(i);
            else if (const auto* gap = parted.regions[i].find("D"))
                without += line("without", {{"region", region(i)}, {"why", reason(gap->note, dimension)}});
        }
        std::ranges::stable_sort(ranked, {}, [&](std::size_t i) { return *parted.regions[i].rank; });
        auto text =
            words("inside", {{"name", title(parted.others)}, {"dimension", m_say.part(dimension.name)}}) +
            "\n";
        text += line("order_" + std::string(to_text(dimension.order)),
                     {{"values", join_text(parts(dimension.values), ", ")}});
        text += country(parted) + spread(parted, ranked);
        if (!ranked.empty()) text += region_table(parted, ranked);
        return text + without;
    }

    std::string region_table(const Parted& parted, const std::vector<std::size_t>& ranked) const {
        const auto& dimension = m_study.dimensions[parted.dimension];
        const auto& first = parted.regions[ranked.front()];
        const bool intervals = first.find("D")->lower.has_value();
        std::vector<std::pair<std::string, Align>> columns{{words("rank"), Align::right},
                                                           {words("region"), Align::left}};
        for (const auto& value : dimension.values)
            columns.emplace_back(m_say.part(value), Align::right);
        for (const auto& one : first.measures)
            columns.emplace_back(one.code, Align::right);
        if (intervals) columns.emplace_back(words("interval"), Align::right);
        columns.emplace_back(words("highest"), Align::left);
        TextTable table(columns);
        for (const auto i : ranked) {
            const auto& unit = parted.regions[i];
            std::vector<std::string> row{std::to_string(*unit.rank), region(i)};
            for (const auto& value : unit.values)
                row.push_back(figure(value));
            for (const auto& one : unit.measures)
                row.push_back(measure(&one));
            if (const auto& gap = *unit.find("D"); intervals)
                row.push_back(number(gap.lower) + " \u2026 " + number(gap.upper));
            row.push_back(unit.highest ? m_say.part(dimension.values[*unit.highest]) : absent);
            table.add(std::move(row));
        }
        return table.text("  ");
    }

    std::string across() const {
        TextTable table({{words("part"), Align::left},
                         {words("regions"), Align::right},
                         {words("mean"), Align::right},
                         {"D", Align::right},
                         {"R", Align::right},
                         {"TI", Align::right},
                         {words("highest"), Align::left},
                         {words("lowest"), Align::left}});
        for (const auto& cell : m_year.cells) {
            const auto& measures = m_study.prepared.results[cell.layer].measures;
            const auto end = [&](const std::optional<RegionIndex>& index) {
                if (!index) return std::string(absent);
                const auto i = static_cast<std::size_t>(*index);
                return region(i) + " " + figure(layer_of(m_study, cell).values[i]);
            };
            const auto cell_name = cell_words(parts(cell.values));
            table.add({cell_name.empty() ? words("all") : cell_name, std::to_string(measures.counted),
                       number(measures.mean), measure(measures.find("D")), measure(measures.find("R")),
                       measure(measures.find("TI")), end(measures.highest), end(measures.lowest)});
        }
        return words("across") + "\n" + table.text("  ");
    }

    const Disaggregated& m_study;
    const DisaggregatedYear& m_year;
    const std::vector<Region>& m_regions;
    int m_decimals;
    const Spoken& m_say;
};

}  // namespace

std::string disaggregation_json(const Disaggregated& study, const Findings& findings) {
    Json dimensions = Json::array();
    for (const auto& dimension : study.dimensions)
        dimensions.push_back(
            {{"name", dimension.name}, {"values", dimension.values}, {"order", to_text(dimension.order)}});
    Json years = Json::array();
    for (const auto& year : study.years) {
        Json cells = Json::array();
        for (const auto& cell : year.cells)
            cells.push_back(cell_json(study, cell));
        Json inside = Json::array();
        for (const auto& parted : year.inside)
            inside.push_back(inside_json(study, year, parted));
        years.push_back({{"year", year.year ? Json(*year.year) : Json(nullptr)},
                         {"vintage", boundaries_of(study, year).vintage},
                         {"cells", std::move(cells)},
                         {"inside", std::move(inside)}});
    }
    const Json json{{"schema", "tendik.disaggregation/1"},
                    {"indicator", study.indicator},
                    {"dimensions", std::move(dimensions)},
                    {"years", std::move(years)},
                    {"findings", findings_json(findings)}};
    return json.dump(2) + "\n";
}

std::string disaggregation_csv(const Disaggregated& study) {
    std::vector<Field> all{{"indicator", FieldType::text, {}, {}},
                           {"vintage", FieldType::text, {}, {}},
                           {"year", FieldType::integer, {}, {}},
                           {"key", FieldType::text, {}, {}}};
    for (const auto& year : study.years) {
        const auto before = all.front().cells.size();
        const auto& boundaries = boundaries_of(study, year);
        for (std::size_t i = 0; i <= boundaries.regions.size(); ++i) {
            all[0].cells.emplace_back(study.indicator);
            all[1].cells.push_back(cell_of(boundaries.vintage));
            all[2].cells.push_back(year.year ? Cell{std::int64_t{*year.year}} : Cell{});
            all[3].cells.push_back(i == 0 ? Cell{} : Cell{boundaries.regions[i - 1].key});
        }
        // Cells of one year may be absent in another.
        for (const auto& made : fields_of(study, year, true)) {
            auto field = std::ranges::find(all, made.name, &Field::name);
            if (field == all.end()) field = all.insert(field, {made.name, made.type, {}, {}});
            field->cells.resize(before);
            field->cells.insert(field->cells.end(), made.cells.begin(), made.cells.end());
        }
    }
    for (auto& field : all)
        field.cells.resize(all.front().cells.size());
    return io::to_csv(all);
}

FeatureLayer disaggregation_layer(const Disaggregated& study, const std::string& name) {
    if (study.years.size() != 1)
        throw InputError(fmt::format("a layer is of one year, here are {}", study.years.size()),
                         "choose one with --year, and one --vintage, or write .csv or .json");
    const auto& year = study.years.front();
    return {name, study.indicator, &boundaries_of(study, year), fields_of(study, year, false)};
}

std::string disaggregation_text(const Disaggregated& study, const std::filesystem::path& data_folder,
                                Language language) {
    const Spoken say(data_folder, "disaggregation", language);
    std::string text;
    for (const auto& year : study.years)
        text += (text.empty() ? "" : "\n") + Telling(study, year, say).text();
    return text;
}

}  // namespace tendik::report
