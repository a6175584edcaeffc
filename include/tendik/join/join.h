#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/atlas.h"
#include "tendik/model/register.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

struct JoinOptions {
    /// Keys of the table without a region, and regions without a row, put together.
    std::size_t allow_unmatched = 0;
    std::optional<int> year = {};  ///< rows of this year only; absent: the table must have one row a region
    std::string indicator = {};    ///< rows of this indicator only, when the table names indicators
    std::string vintage = {};      ///< rows of this vintage only, when the table names vintages
    bool partial = false;  ///< the table speaks of some regions only: the others are missing, not unmatched
    /// Rows of these units (districts' oblasts, or oblasts' districts) are set apart, never unmatched; null:
    /// none.
    const Boundaries* others = nullptr;
    std::string key_vintage = {};  ///< what units the keys mean where rows name no vintage; empty: not known
};

struct UnmatchedKey {
    std::string key;
    std::size_t line = 0;
    std::string suggestion;  ///< "did you mean ...", "ambiguous: ...", "would match after zero padding"
};

/// How the keys met.
struct JoinReport {
    std::size_t region_count = 0;
    std::size_t matched_count = 0;
    std::size_t inherited_count = 0;  ///< of the matched ones: parts of a unit of an older vintage
    std::vector<UnmatchedKey> keys_without_region;
    std::vector<RegionIndex> regions_without_row;
    std::vector<std::string> sources;  ///< ids, in order of first use
};

struct Joined {
    Column values;  ///< parallel to the regions; `unmatched` where no row was found
    std::vector<std::string> notes_by_region;  ///< parallel; the note column of the table
    std::optional<PublishedValue> published;   ///< the row of the country, when the table has one
    Column of_others;                          ///< parallel to JoinOptions::others; `unmatched` without a row
    JoinReport report;
};

namespace join {

/// Finds the row of each region: first by equal keys, then (where a register is given) by any code system or
/// name of the register. The country's own row (unit id "KZ", or kind "country" in the register) is set
/// apart, never unmatched; so is a row of totals (total_rows.h), with the warning "total-row". Throws
/// InputError when more keys than allowed are unmatched (all names of both sides listed, with suggestions;
/// where they are units of another vintage, that and the way out), when nothing matches, when two rows name
/// the same region (both lines, and the dimensions in which they differ), when a name is ambiguous (naming
/// the units), when the country's row is the only one. Within the allowance each case becomes the warning
/// "unmatched-key" or "unmatched-region".
Joined join(const Boundaries& boundaries, const Indicators& table, const Register* reg,
            const JoinOptions& options, Findings& findings);

/// A dimension in which the rows asked for differ, and its values there; "" is all together.
struct MixedDimension {
    std::string name;
    std::vector<std::string> values;
};
std::vector<MixedDimension> mixed_dimensions(const Boundaries& boundaries, const Indicators& table,
                                             const JoinOptions& options);

/// "'sex' (boys, girls), 'residence' (rural, urban, total)".
std::string to_text(const std::vector<MixedDimension>& dimensions);

/// Years for which the table has at least one row of the indicator and vintage, ascending.
std::vector<int> years_of(const Indicators& table, const std::string& indicator, const std::string& vintage);

}  // namespace join
}  // namespace tendik
