#pragma once

#include "join_figures.h"
#include "tendik/join/match.h"

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tendik::prepare {

/// Reads, repairs and checks one set of boundaries and adds it to the atlas; gives its index. `nested`: what
/// its regions leave free is told elsewhere. Throws InputError.
std::size_t add_boundaries(Loading& loading, const BoundarySource& source, bool nested);

/// Where the figures of one year of a table without boundaries stand.
struct Ground {
    std::size_t boundaries = 0;  ///< index into Atlas::boundaries
    std::string key_vintage;     ///< what units the keys mean, where they fit one vintage whole; else empty
};

/// Says what the rows of tables are when the plan names no boundaries. Where more than half of the keys,
/// country and totals aside, are units of the register, they stand on that one of the plan's known boundaries
/// which the rows of the year fit whole, else which leaves the fewest keys alone, the first of equals: note
/// "built-in-units". Otherwise every key is a region without borders, but for the country and for totals.
class BareTables {
public:
    explicit BareTables(Loading& loading);

    /// `code`: of the figures in the table; empty: all are of one indicator. Throws InputError.
    Ground find_ground(const TableSource& source, const Indicators& table, const std::string& code,
                       std::optional<int> year);

private:
    const join::Matcher& matcher(const std::string& vintage);
    bool holds_units(const TableSource& source, const Indicators& table);
    std::size_t known_boundaries(std::size_t source);
    void tell(const Indicators& table, const std::string& vintage);

    Loading& m_loading;
    std::map<std::string, join::Matcher> m_matchers;  ///< by vintage; "": of all
    std::map<std::size_t, std::size_t> m_known;       ///< index in the atlas by that in the plan
    /// Columns and cells of a table have the same keys: file, sheet, key column.
    using Rows = std::array<std::string, 3>;
    static Rows rows_of(const TableSource& source, const Indicators& table);
    std::map<Rows, bool> m_holds_units;
    std::map<Rows, std::size_t> m_rows_as_regions;
    std::set<std::pair<std::string, std::string>> m_told;  ///< source and vintage
};

}  // namespace tendik::prepare
