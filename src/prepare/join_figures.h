#pragma once

#include "tendik/base/finding.h"
#include "tendik/join/join.h"
#include "tendik/join/weights.h"
#include "tendik/prepare/prepare.h"
#include "tendik/prepare/raster_tables.h"
#include "tendik/tables/read_table.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tendik::prepare {

using SharedTable = std::shared_ptr<const Indicators>;

/// Tables are read once, however many indicators and cells they hold. A table of weights is the same file
/// with another value column. The figures of the columns asked for last are kept, not those of a thousand.
class Tables {
public:
    /// The rows of the cell that the source asks for.
    SharedTable read(const TableSource& source, Findings& findings);

private:
    using Kept = std::deque<std::pair<TableSource, SharedTable>>;

    static SharedTable find(Kept& kept, const TableSource& source);
    static SharedTable keep(Kept& kept, const TableSource& source, Indicators table);

    tables::TableReader m_reader;
    Kept m_tables;  ///< the last asked for first
    Kept m_whole;   ///< those with dimensions, all cells
};

/// Shares between sets of boundaries of the plan: laid over each other once, however many indicators pass.
struct KeptShares {
    const Boundaries* from = nullptr;  ///< both of the atlas, where all stand before figures are joined
    const Boundaries* to = nullptr;
    RasterChoice weights;
    Crosswalk shares;
};

/// What the steps of loading pass on to each other.
struct Loading {
    const Plan& plan;
    Prepared& prepared;
    Tables tables;
    Findings& findings;
    std::vector<join::WeightUse> weight_uses;
    std::deque<KeptShares> shares = {};
};

/// In English, for findings.
std::vector<std::string> region_names(const Boundaries& boundaries);

/// Null where the plan names none.
const Register* known_register(const Loading& loading);

/// Which rows of the table are the figures of `code` on the regions of `boundaries`.
JoinOptions join_options(const Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                         const std::string& code, const Boundaries& boundaries, std::optional<int> year);

/// The same table with its column of weights as value; null where the plan names none.
SharedTable weight_table(Loading& loading, const PlannedIndicator& planned);

/// The denominator `choice` for the regions, out of the plan's tables; its year is kept for the finding of
/// all years. Throws InputError.
Weights denominator(Loading& loading, const std::string& used_by, const WeightChoice& choice,
                    const Boundaries& boundaries, std::optional<int> year);

/// The figures of one indicator in one year on the regions of `boundaries`: joined, merged, put together from
/// parts or divided, as the plan and the catalogue say. Throws InputError.
Joined join_figures(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                    const Indicator& indicator, const Boundaries& boundaries, std::optional<int> year);

/// Throws InputError for a weight that is there and not above 0.
void refuse_bad_weights(const Weights& weights, const Boundaries& boundaries);

/// The weight column that the plan names in the same table; nothing where it names none.
std::optional<Weights> weights_of_column(Loading& loading, const PlannedIndicator& planned,
                                         const std::string& code, const Boundaries& boundaries,
                                         std::optional<int> year);

/// What the catalogue weighs the indicator by, out of the plan's denominators; nothing where either is
/// silent.
std::optional<Weights> weights_of_catalogue(Loading& loading, const Indicator& indicator,
                                            const Boundaries& boundaries, std::optional<int> year);

}  // namespace tendik::prepare
