#include "tendik/layers/region_fields.h"

#include "tendik/base/text.h"
#include "tendik/precision/reliability.h"

#include <algorithm>

namespace tendik::layers {
namespace {

bool has_something(const Field& field) {
    return std::ranges::any_of(
        field.cells, [](const Cell& cell) { return !std::holds_alternative<std::monostate>(cell); });
}

void add_known(std::vector<Field>& fields, Field field) {
    if (has_something(field)) fields.push_back(std::move(field));
}

/// Codes in the order in which they come up, each once.
std::vector<std::string> codes_in(const std::vector<RegionShare>& shares, NumbersByCode RegionShare::*part) {
    std::vector<std::string> codes;
    for (const auto& share : shares)
        for (const auto& [code, number] : share.*part)
            if (std::ranges::find(codes, code) == codes.end()) codes.emplace_back(code);
    return codes;
}

Cell part_of(const NumbersByCode& parts, const std::string& code) {
    const auto found = std::ranges::find(parts, code, &NumbersByCode::value_type::first);
    return found == parts.end() ? Cell{} : Cell{found->second};
}

void add_parts(std::vector<Field>& fields, const Boundaries& boundaries,
               const std::vector<RegionShare>& shares) {
    // The contribution to the Theil index has a column of its own from the start.
    for (const auto& code : codes_in(shares, &RegionShare::contribution))
        if (code != "TI")
            fields.push_back(field(boundaries, "contribution_" + fold(code), FieldType::real,
                                   "Contribution to " + code,
                                   [&](std::size_t i) { return part_of(shares[i].contribution, code); }));
    for (const auto& code : codes_in(shares, &RegionShare::influence))
        fields.push_back(field(boundaries, "influence_" + fold(code), FieldType::real,
                               code + " less what it is without the region",
                               [&](std::size_t i) { return part_of(shares[i].influence, code); }));
}

Field text_field(const Boundaries& boundaries, const std::string& name, const std::string& alias,
                 const std::string& (*pick)(const Region&)) {
    return field(boundaries, name, FieldType::text, alias,
                 [&](std::size_t i) { return Cell{pick(boundaries.regions[i])}; });
}

void add_comparison(std::vector<Field>& fields, const Boundaries& boundaries, const Layer& layer,
                    const std::string& name) {
    if (!layer.measuring.errors) return;
    const auto end = [&](double sign) {
        return [&layer, sign](std::size_t i) {
            const auto& value = layer.values[i];
            const auto& error = (*layer.measuring.errors)[i];
            if (!value.present() || !error.present()) return Cell{};
            return Cell{value.number + sign * precision::comparison_width_in_errors * error.number};
        };
    };
    const auto* alias = "Regions whose comparison intervals do not touch differ";
    add_known(fields, field(boundaries, name + "_compare_lower", FieldType::real, alias, end(-1.0)));
    add_known(fields, field(boundaries, name + "_compare_upper", FieldType::real, alias, end(1.0)));
}

}  // namespace

std::vector<Field> name_fields(const Boundaries& boundaries) {
    std::vector<Field> fields;
    fields.push_back(
        text_field(boundaries, "name_en", "Name (English)",
                   [](const Region& region) -> const std::string& { return region.name.in(Language::en); }));
    fields.push_back(
        text_field(boundaries, "name_ru", "Название (русский)",
                   [](const Region& region) -> const std::string& { return region.name.in(Language::ru); }));
    fields.push_back(
        text_field(boundaries, "name_kk", "Атауы (қазақша)",
                   [](const Region& region) -> const std::string& { return region.name.in(Language::kk); }));
    fields.push_back(text_field(boundaries, "kind", "Kind of unit",
                                [](const Region& region) -> const std::string& { return region.kind; }));
    fields.push_back(text_field(boundaries, "outline", "How the outline was made",
                                [](const Region& region) -> const std::string& { return region.outline; }));
    return fields;
}

std::vector<Field> value_fields(const Boundaries& boundaries, const Column& values, const std::string& name,
                                const std::string& alias) {
    std::vector<Field> fields;
    fields.push_back(
        field(boundaries, name, FieldType::real, alias, [&](std::size_t i) { return cell_of(values[i]); }));
    fields.push_back(field(boundaries, name + "_state", FieldType::text, "State of the value",
                           [&](std::size_t i) { return Cell{std::string(to_text(values[i].state))}; }));
    if (!has_inherited(values)) return fields;
    fields.push_back(field(boundaries, name + "_inherited", FieldType::integer,
                           "1: the value of a larger unit of the time, counted nowhere",
                           [&](std::size_t i) { return Cell{std::int64_t{values[i].inherited ? 1 : 0}}; }));
    return fields;
}

Field class_field(const Boundaries& boundaries, const Layer& layer, const LayerResult& result,
                  const std::string& name) {
    return field(boundaries, name + "_class", FieldType::integer, "Class, 1 = lowest", [&](std::size_t i) {
        const auto& value = layer.values[i];
        const auto index = value.present() ? result.classes.class_of(value.number) : std::nullopt;
        return index ? Cell{static_cast<std::int64_t>(*index + 1)} : Cell{};
    });
}

std::vector<Field> firmness_fields(const Boundaries& boundaries, const LayerResult& result,
                                   const std::string& name) {
    std::vector<Field> fields;
    const auto& chances = result.class_probability;
    if (chances.empty()) return fields;
    fields.push_back(field(boundaries, name + "_class_p", FieldType::real,
                           "Probability that the region belongs to its class",
                           [&](std::size_t i) { return cell_of(chances[i]); }));
    fields.push_back(field(boundaries, name + "_class_unstable", FieldType::integer,
                           "1: more likely in another class than in its own", [&](std::size_t i) {
                               return chances[i]
                                          ? Cell{std::int64_t{*chances[i] < precision::stable_from ? 1 : 0}}
                                          : Cell{};
                           }));
    return fields;
}

std::vector<Field> precision_fields(const Boundaries& boundaries, const Layer& layer,
                                    const std::string& name) {
    std::vector<Field> fields;
    if (!layer.precision) return fields;
    const auto& known = *layer.precision;
    const auto add = [&](const Column& column, const char* ending, const char* alias) {
        if (!column.empty())
            fields.push_back(field(boundaries, name + ending, FieldType::real, alias, [&](std::size_t i) {
                return column[i].present() ? Cell{column[i].number} : Cell{};
            }));
    };
    if (layer.measuring.errors) add(*layer.measuring.errors, "_se", "Standard error");
    add(known.lower, "_lower", "95 % interval from");
    add(known.upper, "_upper", "95 % interval to");
    add(known.n, "_n", "Unweighted cases");
    add(known.deff, "_deff", "Design effect");
    add(known.events, "_events", "Events");
    if (!known.reliability.empty()) {
        fields.push_back(field(boundaries, name + "_reliability", FieldType::text,
                               "Reliability by the coefficient of variation", [&](std::size_t i) {
                                   const auto& judged = known.reliability[i];
                                   return judged ? Cell{std::string(to_text(*judged))} : Cell{};
                               }));
        fields.push_back(field(boundaries, name + "_unreliable", FieldType::integer,
                               "1: the sampling error is large beside the figure", [&](std::size_t i) {
                                   return Cell{std::int64_t{known.is_unreliable(i) ? 1 : 0}};
                               }));
    }
    if (!known.bracketed.empty())
        fields.push_back(
            field(boundaries, name + "_bracketed", FieldType::integer, "1: 25 to 49 cases, shown in brackets",
                  [&](std::size_t i) { return Cell{std::int64_t{known.is_bracketed(i) ? 1 : 0}}; }));
    return fields;
}

std::vector<Field> share_fields(const Boundaries& boundaries, const Layer& layer, const LayerResult& result,
                                const std::string& name) {
    auto fields = firmness_fields(boundaries, result, name);
    const auto& shares = result.measures.regions;
    const auto add = [&](const char* column, FieldType type, const char* alias, auto member) {
        add_known(fields, field(boundaries, column, type, alias,
                                [&](std::size_t i) { return cell_of(shares[i].*member); }));
    };
    add_comparison(fields, boundaries, layer, name);
    add("rank", FieldType::integer, "Rank, 1 = highest value", &RegionShare::rank);
    add("rank_lower", FieldType::integer, "95 % interval of the rank, from", &RegionShare::rank_lower);
    add("rank_upper", FieldType::integer, "95 % interval of the rank, to", &RegionShare::rank_upper);
    add("gap_se", FieldType::real, "Standard error of the gap", &RegionShare::gap_se);
    add("p", FieldType::real, "p of no gap to the mean", &RegionShare::p);
    add("p_adjusted", FieldType::real, "p, adjusted for looking at all regions", &RegionShare::p_adjusted);
    add_parts(fields, boundaries, shares);
    return fields;
}

}  // namespace tendik::layers
