#include "tendik/join/join.h"

#include "composition.h"
#include "region_finder.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/carry_units.h"
#include "tendik/join/total_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace tendik::join {
namespace {

bool passes(const Figure& figure, const std::string& indicator, const std::string& vintage,
            std::optional<int> year) {
    const auto fits = [](const std::string& wanted, const std::string& own) {
        return wanted.empty() || own.empty() || own == wanted;
    };
    return fits(indicator, figure.indicator) && fits(vintage, figure.vintage) &&
           (!year || !figure.year || *figure.year == *year);
}

template <typename Of>
std::string distinct(const std::vector<const Figure*>& rows, Of&& of) {
    std::set<std::string> values;
    for (const auto* row : rows)
        if (auto value = of(*row); !value.empty()) values.insert(std::move(value));
    return join_text(std::vector<std::string>(values.begin(), values.end()), ", ");
}

std::string year_text(const Figure& figure) {
    return figure.year ? fmt::format("{}", *figure.year) : std::string();
}
std::string indicator_text(const Figure& figure) { return figure.indicator; }
std::string vintage_text(const Figure& figure) { return figure.vintage; }

/// Nothing is left of the table: says which wish left nothing, and what there is.
[[noreturn]] void refuse_no_row(const Indicators& table, const JoinOptions& options) {
    std::vector<const Figure*> rows;
    for (const auto& figure : table.figures)
        rows.push_back(&figure);
    std::string wish;
    std::string hint;
    const auto narrow = [&](bool wanted, const std::string& what, const auto& of, const auto& keep) {
        if (!wanted || rows.empty()) return;
        const auto before = distinct(rows, of);
        wish += fmt::format("{}{}", wish.empty() ? "" : ", ", what);
        std::erase_if(rows, [&](const Figure* row) { return !keep(*row); });
        if (rows.empty()) hint = fmt::format("there is: {}", before.empty() ? "nothing" : before);
    };
    narrow(!options.indicator.empty(), fmt::format("indicator '{}'", options.indicator), indicator_text,
           [&](const Figure& row) { return passes(row, options.indicator, "", std::nullopt); });
    const bool had_rows = !rows.empty();
    narrow(!options.vintage.empty(), fmt::format("vintage '{}'", options.vintage), vintage_text,
           [&](const Figure& row) { return passes(row, "", options.vintage, std::nullopt); });
    if (had_rows && rows.empty())
        hint +=
            "; take boundaries of that vintage, or let regions inherit older figures: --inherit-from, "
            "inherit_from = \"...\"";
    narrow(options.year.has_value(), fmt::format("year {}", options.year.value_or(0)), year_text,
           [&](const Figure& row) { return passes(row, "", "", options.year); });
    throw InputError(fmt::format("{}: no row of {}", table.source, wish.empty() ? "any region" : wish), hint);
}

/// The rows asked for. Where the user names no vintage, the table's rows of the boundaries' vintage are
/// meant.
std::vector<const Figure*> choose_rows(const Boundaries& boundaries, const Indicators& table,
                                       const JoinOptions& options) {
    auto vintage = options.vintage;
    if (vintage.empty() && !boundaries.vintage.empty()) {
        const auto same = [&](const Figure& figure) {
            return figure.vintage == boundaries.vintage &&
                   passes(figure, options.indicator, "", options.year);
        };
        if (std::ranges::any_of(table.figures, same)) vintage = boundaries.vintage;
    }
    std::vector<const Figure*> rows;
    for (const auto& figure : table.figures)
        if (passes(figure, options.indicator, vintage, options.year)) rows.push_back(&figure);
    if (rows.empty()) refuse_no_row(table, options);
    std::ranges::for_each(rows, [](const Figure* row) { refuse_fault(*row); });
    return rows;
}

std::vector<MixedDimension> differing_dimensions(const Indicators& table,
                                                 const std::vector<const Figure*>& rows) {
    std::vector<MixedDimension> mixed;
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
        MixedDimension dimension{table.dimensions[d], {}};
        for (const auto* row : rows)
            if (std::ranges::find(dimension.values, row->cell[d]) == dimension.values.end())
                dimension.values.push_back(row->cell[d]);
        if (dimension.values.size() > 1) mixed.push_back(std::move(dimension));
    }
    return mixed;
}

/// Rows of several parts of the people are no figures of a region.
[[noreturn]] void refuse_mixed(const Indicators& table, const std::vector<MixedDimension>& mixed) {
    const auto& first = mixed.front();
    const auto value = std::ranges::find_if(first.values, [](const auto& one) { return !one.empty(); });
    throw InputError(
        fmt::format("{}: several rows for one region, and they differ in {}; there is no row of all together",
                    table.source, to_text(mixed)),
        fmt::format("choose one: --where {0}={1}, in a plan where = {{ {0} = \"{1}\" }}; or compare them: "
                    "measure --by {0}",
                    first.name, *value));
}

struct Twins {
    const Figure* first = nullptr;
    const Figure* second = nullptr;
    std::string region;
};

/// Two rows of one region are refused; what tells them apart is what the user must choose.
[[noreturn]] void refuse_twins(const Indicators& table, const std::vector<const Figure*>& rows,
                               const std::vector<Twins>& twins) {
    const auto differ = [&twins](const auto& of) {
        return std::ranges::any_of(twins,
                                   [&of](const Twins& pair) { return of(*pair.first) != of(*pair.second); });
    };
    if (differ(indicator_text)) {
        throw InputError(fmt::format("{}: the rows are of several indicators: {}", table.source,
                                     distinct(rows, indicator_text)),
                         "choose one with --indicator");
    }
    if (differ(year_text)) {
        throw InputError(
            fmt::format("{}: the rows are of several years: {}", table.source, distinct(rows, year_text)),
            "choose one with --year");
    }
    if (differ(vintage_text)) {
        throw InputError(fmt::format("{}: the rows are of several vintages: {}", table.source,
                                     distinct(rows, vintage_text)),
                         "choose one with --vintage");
    }
    std::vector<const Figure*> both;
    for (const auto& pair : twins)
        both.insert(both.end(), {pair.first, pair.second});
    if (const auto mixed = differing_dimensions(table, both); !mixed.empty()) refuse_mixed(table, mixed);
    std::string list;
    for (const auto& pair : twins) {
        list += fmt::format("\n  '{}' in line {} and '{}' in line {} are both region '{}'", pair.first->key,
                            pair.first->line, pair.second->key, pair.second->line, pair.region);
    }
    throw InputError(
        fmt::format("{}: two rows for one region{}", table.source, list),
        table.undeclared.empty()
            ? "keep one row for each region"
            : fmt::format(
                  "rows of a region differ in '{0}': if that is a part of the people, choose one with "
                  "--where {1}=VALUE or compare them with measure --by {1}; else keep one row",
                  join_text(table.undeclared, "', '"), table.undeclared.front()));
}

/// Rows by what they turned out to name.
struct Sorted {
    std::vector<const Figure*> row_by_region;  ///< null: none
    const Figure* country = nullptr;
    std::vector<UnmatchedKey> unmatched;
    std::vector<std::string> ambiguous;
};

/// The columns of one table are joined one by one, and each has the row.
void tell_of_total(const Indicators& table, const Figure& row, Findings& findings) {
    const Finding finding{Severity::warning, "total-row", fmt::format("{}, line {}", table.source, row.line),
                          fmt::format("'{}' is a total and no region: the row is set apart", row.key)};
    if (std::ranges::find(findings.all(), finding) == findings.all().end()) findings.add(finding);
}

Sorted sort_rows(const Boundaries& boundaries, const Indicators& table,
                 const std::vector<const Figure*>& rows, const RegionFinder& finder,
                 const std::string& vintage, Findings& findings) {
    Sorted sorted;
    sorted.row_by_region.resize(boundaries.regions.size());
    std::vector<Twins> twins;
    std::map<std::string, const Figure*> unmatched;
    const auto place = [&twins](const Figure*& seat, const Figure* row, const std::string& region) {
        if (seat != nullptr)
            twins.push_back({seat, row, region});
        else
            seat = row;
    };
    for (const auto* row : rows) {
        auto found = finder.find(row->key, row->vintage.empty() ? vintage : row->vintage);
        if (found.look_alikes) {
            findings.add(
                Severity::note, "look-alike-letters", fmt::format("{}, line {}", table.source, row->line),
                fmt::format("'{}' holds Latin letters, read as the Cyrillic ones that they look like",
                            row->key));
        }
        if (found.is_country) {
            place(sorted.country, row, row->key);
        } else if (found.region) {
            const auto index = static_cast<std::size_t>(*found.region);
            place(sorted.row_by_region[index], row, boundaries.regions[index].key);
        } else if (found.is_ambiguous) {
            sorted.ambiguous.push_back(
                fmt::format("line {}: '{}' is ambiguous: {}", row->line, row->key, found.text));
        } else if (names_total(row->key)) {
            tell_of_total(table, *row, findings);
        } else {
            auto& seat = unmatched[row->key];
            place(seat, row, row->key);
            if (seat == row) sorted.unmatched.push_back({row->key, row->line, found.text});
        }
    }
    if (!twins.empty()) refuse_twins(table, rows, twins);
    return sorted;
}

/// Takes the rows of units that are to be set apart out of `rows`; parallel to these units, null: none.
std::vector<const Figure*> take_others(const Indicators& table, std::vector<const Figure*>& rows,
                                       const RegionFinder& finder, const Register* reg,
                                       const JoinOptions& options) {
    if (options.others == nullptr) return {};
    std::vector<const Figure*> row_by_other(options.others->regions.size(), nullptr);
    const RegionFinder other_finder(*options.others, reg);
    std::vector<Twins> twins;
    std::erase_if(rows, [&](const Figure* row) {
        const auto& vintage = row->vintage.empty() ? options.vintage : row->vintage;
        if (finder.find(row->key, vintage).region) return false;
        const auto other = other_finder.find(row->key, vintage).region;
        if (!other) return false;
        auto& seat = row_by_other[static_cast<std::size_t>(*other)];
        if (seat != nullptr)
            twins.push_back({seat, row, options.others->regions[static_cast<std::size_t>(*other)].key});
        seat = row;
        return true;
    });
    if (!twins.empty()) refuse_twins(table, rows, twins);
    return row_by_other;
}

void refuse_ambiguous(const Indicators& table, const std::vector<std::string>& ambiguous) {
    if (ambiguous.empty()) return;
    std::string list;
    for (const auto& text : ambiguous)
        list += "\n  " + text;
    throw InputError(fmt::format("{}: a name that means several units{}", table.source, list),
                     "write the unit id instead, or a name that says which (\"Almaty city\", \"Almaty "
                     "oblast\"); where only "
                     "the vintage tells units apart, name it in a column 'vintage' or with --vintage");
}

std::string list_both_sides(const Boundaries& boundaries, const JoinReport& report) {
    std::string list;
    if (!report.keys_without_region.empty()) list += "\n  keys of the table without a region:";
    for (const auto& key : report.keys_without_region) {
        list += fmt::format("\n    line {}: '{}'{}", key.line, key.key,
                            key.suggestion.empty() ? std::string() : " (" + key.suggestion + ")");
    }
    if (!report.regions_without_row.empty()) list += "\n  regions without a row:";
    for (const auto index : report.regions_without_row) {
        const auto& region = boundaries.regions[static_cast<std::size_t>(index)];
        list +=
            fmt::format("\n    '{}'{}", region.key,
                        region.name.en == region.key ? std::string() : fmt::format(" ({})", region.name.en));
    }
    return list;
}

/// The unmatched keys are units of another vintage than the boundaries: says so, and what divides them.
void refuse_other_vintage(const Boundaries& boundaries, const Indicators& table, const Register* reg,
                          const JoinReport& report) {
    if (reg == nullptr || boundaries.vintage.empty()) return;
    std::vector<std::string> keys;
    for (const auto& key : report.keys_without_region)
        keys.push_back(key.key);
    const auto there = vintage_of_newcomers(keys, boundaries.vintage, *reg);
    if (there.empty()) return;
    const auto divisions = divisions_text(find_origins(boundaries, *reg, there), boundaries, there);
    if (divisions.empty()) return;
    std::string list;
    for (const auto& line : divisions)
        list += "\n  " + line;
    throw InputError(
        fmt::format("{}: the rows are of the units of {}, the boundaries of {}: {} of {} regions matched{}",
                    table.source, there, boundaries.vintage, report.matched_count, report.region_count,
                    list + list_both_sides(boundaries, report)),
        fmt::format("take boundaries of {0} (--vintage {0}), or let the parts inherit: --inherit-from {0}, "
                    "or inherit_from = \"{0}\" beside the indicator",
                    there));
}

void refuse_unmatched(const Boundaries& boundaries, const Indicators& table, const Register* reg,
                      const RegionFinder& finder, const JoinReport& report, std::size_t allowed) {
    const auto count = report.keys_without_region.size() + report.regions_without_row.size();
    if (report.matched_count > 0 && count <= allowed) return;
    refuse_other_vintage(boundaries, table, reg, report);
    auto text =
        fmt::format("{}: {} of {} regions matched", table.source, report.matched_count, report.region_count);
    if (const auto way = finder.way_out(report.keys_without_region); !way.empty()) text += "; " + way;
    const auto hint =
        report.matched_count == 0
            ? fmt::format(
                  "compare the key columns: '{}' of the table, '{}' of the boundaries; --table-key and --key "
                  "name others",
                  table.key_column, boundaries.key_column)
            : fmt::format("mend the keys, or let them pass with --allow-unmatched {}", count);
    throw InputError(text + list_both_sides(boundaries, report), hint);
}

/// A figure of the whole country is no map, and its keys are not at fault.
void refuse_country_alone(const Indicators& table, const Sorted& sorted, const JoinReport& report) {
    if (sorted.country == nullptr || report.matched_count > 0 || !report.keys_without_region.empty()) return;
    throw InputError(fmt::format("{}: line {}: the only row is that of the country, '{}': no region has one",
                                 table.source, sorted.country->line, sorted.country->key),
                     "there is nothing to map or measure; choose an indicator or a year with regional rows");
}

void warn_unmatched(const Boundaries& boundaries, const Indicators& table, const JoinReport& report,
                    Findings& findings) {
    for (const auto& key : report.keys_without_region) {
        findings.add(Severity::warning, "unmatched-key", fmt::format("{}, line {}", table.source, key.line),
                     fmt::format("'{}' names no region{}", key.key,
                                 key.suggestion.empty() ? std::string() : ": " + key.suggestion));
    }
    for (const auto index : report.regions_without_row) {
        const auto& region = boundaries.regions[static_cast<std::size_t>(index)];
        findings.add(Severity::warning, "unmatched-region", fmt::format("region '{}'", region.key),
                     fmt::format("{} has no row in {}", region.name.en, table.source));
    }
}

void note_source(std::vector<std::string>& sources, const std::string& id) {
    if (!id.empty() && std::ranges::find(sources, id) == sources.end()) sources.push_back(id);
}

JoinReport report_of(const Sorted& sorted, const std::vector<const Figure*>& rows, bool partial) {
    JoinReport report;
    report.region_count = sorted.row_by_region.size();
    report.keys_without_region = sorted.unmatched;
    std::set<const Figure*> used{sorted.country};
    for (std::size_t i = 0; i < sorted.row_by_region.size(); ++i) {
        if (sorted.row_by_region[i] != nullptr) {
            used.insert(sorted.row_by_region[i]);
            ++report.matched_count;
        } else if (!partial) {
            report.regions_without_row.push_back(static_cast<RegionIndex>(static_cast<std::uint32_t>(i)));
        }
    }
    for (const auto* row : rows)
        if (used.contains(row)) note_source(report.sources, row->source);
    return report;
}

}  // namespace

Joined join(const Boundaries& boundaries, const Indicators& table, const Register* reg,
            const JoinOptions& options, Findings& findings) {
    auto rows = choose_rows(boundaries, table, options);
    const RegionFinder finder(boundaries, reg);
    const auto row_by_other = take_others(table, rows, finder, reg, options);
    const auto sorted = sort_rows(boundaries, table, rows, finder,
                                  options.vintage.empty() ? options.key_vintage : options.vintage, findings);
    refuse_ambiguous(table, sorted.ambiguous);
    Joined joined;
    joined.report = report_of(sorted, rows, options.partial);
    refuse_country_alone(table, sorted, joined.report);
    refuse_unmatched(boundaries, table, reg, finder, joined.report, options.allow_unmatched);
    warn_unmatched(boundaries, table, joined.report, findings);
    const auto without_row = options.partial ? State::missing : State::unmatched;
    for (const auto* row : sorted.row_by_region) {
        joined.values.push_back(row != nullptr ? row->value : Value::without(without_row));
        joined.notes_by_region.push_back(row != nullptr ? row->note : std::string());
    }
    for (const auto* row : row_by_other)
        joined.of_others.push_back(row != nullptr ? row->value : Value::without(State::unmatched));
    if (sorted.country != nullptr && sorted.country->value.present())
        joined.published = PublishedValue{sorted.country->value.number, sorted.country->source};
    return joined;
}

std::vector<MixedDimension> mixed_dimensions(const Boundaries& boundaries, const Indicators& table,
                                             const JoinOptions& options) {
    if (table.dimensions.empty()) return {};
    return differing_dimensions(table, choose_rows(boundaries, table, options));
}

std::string to_text(const std::vector<MixedDimension>& dimensions) {
    std::vector<std::string> parts;
    for (const auto& dimension : dimensions) {
        auto values = dimension.values;
        std::ranges::replace(values, std::string(), std::string("total"));
        parts.push_back(fmt::format("'{}' ({})", dimension.name, join_text(values, ", ")));
    }
    return join_text(parts, ", ");
}

std::vector<int> years_of(const Indicators& table, const std::string& indicator, const std::string& vintage) {
    std::set<int> years;
    for (const auto& figure : table.figures)
        if (figure.year && passes(figure, indicator, vintage, std::nullopt)) years.insert(*figure.year);
    return {years.begin(), years.end()};
}

}  // namespace tendik::join
