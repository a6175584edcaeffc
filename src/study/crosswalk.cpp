// Values carried between two sets of boundaries: reading, laying over, carrying, writing.
#include "tendik/study/crosswalk.h"

#include "tendik/base/error.h"
#include "tendik/base/text.h"
#include "tendik/join/join.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/tables/read_catalogue.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

namespace tendik::study {
namespace {

/// One column of the table, as figures of every year that is asked for.
class Carrier {
public:
    Carrier(const PlannedCrosswalk& planned, const Boundaries& from, Findings& findings)
        : m_planned(planned),
          m_from(from),
          m_findings(findings) {
        if (!planned.register_file.empty())
            m_register = tables::read_register(planned.register_file, findings);
    }

    std::vector<std::optional<int>> years_of(const std::string& name) {
        if (m_planned.year) return {m_planned.year};
        const auto& table = table_of(name);
        const auto years = join::years_of(table, indicator_of(name), vintage_of(table));
        std::vector<std::optional<int>> all(years.begin(), years.end());
        if (all.empty()) all.emplace_back(std::nullopt);
        return all;
    }

    Column column_of(const std::string& name, std::optional<int> year) {
        const auto& table = table_of(name);
        JoinOptions options;
        options.allow_unmatched = m_planned.allow_unmatched;
        options.year = year;
        options.indicator = indicator_of(name);
        options.vintage = vintage_of(table);
        options.key_vintage = m_from.vintage;
        return while_doing(
            fmt::format("joining '{}'{}", name, year ? fmt::format(" of {}", *year) : ""), [&] {
                return join::join(m_from, table, m_register ? &*m_register : nullptr, options, m_findings)
                    .values;
            });
    }

private:
    std::string indicator_of(const std::string& name) const {
        return m_planned.indicators_in_rows ? name : std::string();
    }
    std::string vintage_of(const Indicators& table) const {
        return names_vintages(table) ? m_from.vintage : std::string();
    }
    const Indicators& table_of(const std::string& name) {
        auto source = m_planned.table;
        if (!m_planned.indicators_in_rows) source.value = name;
        const auto found = m_tables.find(source.value);
        if (found != m_tables.end()) return found->second;
        return m_tables.emplace(source.value, tables::read_table(source, m_findings)).first->second;
    }

    const PlannedCrosswalk& m_planned;
    const Boundaries& m_from;
    Findings& m_findings;
    std::optional<Register> m_register;
    std::map<std::string, Indicators> m_tables;
};

Column denominators_of(Carrier& carrier, const std::string& name, std::optional<int> year,
                       const Boundaries& from) {
    auto column = carrier.column_of(name, year);
    for (std::size_t i = 0; i < column.size(); ++i)
        if (column[i].shown() && column[i].number < 0.0)
            throw InputError(fmt::format("'{}' of region '{}' is {}", name, from.regions[i].key,
                                         shortest(column[i].number)),
                             "what rates are weighed by is 0 or above");
    return column;
}

void refuse_second(const PlannedCrosswalk& planned) {
    std::set<std::string> names;
    for (const auto* list : {&planned.extensive, &planned.intensive})
        for (const auto& name : *list)
            if (!names.insert(name).second)
                throw InputError(fmt::format("'{}' is asked for twice", name),
                                 "a column is a total or a rate: name it once");
}

void carry_columns(const PlannedCrosswalk& planned, CrosswalkResult& result, Findings& findings) {
    Carrier carrier(planned, result.from, findings);
    const auto carry = [&](const std::string& name, bool extensive) {
        for (const auto& year : carrier.years_of(name)) {
            CarriedColumn column{name, year, extensive, carrier.column_of(name, year), {}};
            if (extensive)
                column.values = join::carry_extensive(result.shares, column.before);
            else if (planned.denominator.empty())
                column.values = join::carry_intensive(result.shares, column.before);
            else
                column.values =
                    join::carry_rates(result.shares, column.before,
                                      denominators_of(carrier, planned.denominator, year, result.from));
            result.columns.push_back(std::move(column));
        }
    };
    for (const auto& name : planned.extensive)
        carry(name, true);
    for (const auto& name : planned.intensive)
        carry(name, false);
}

}  // namespace

CrosswalkResult crosswalk(const PlannedCrosswalk& planned, Progress& progress, Findings& findings) {
    refuse_second(planned);
    CrosswalkResult result;
    result.from = prepare::load_boundaries(planned.from, findings);
    result.to = prepare::load_boundaries(planned.to, findings);
    result.shares = prepare::lay_over(
        result.from, result.to, {planned.weights, planned.options, planned.max_memory_bytes, planned.jobs},
        progress, findings);
    if (!planned.table.file.empty()) carry_columns(planned, result, findings);
    return result;
}

}  // namespace tendik::study
