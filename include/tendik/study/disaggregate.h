#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/measure.h"
#include "tendik/model/value.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/prepare.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// What of `tendik measure --by` is asked for.
struct DisaggregationChoice {
    /// One or two dimensions: columns of the table or, without one, words of cells in the catalogue.
    std::vector<std::string> by;
    /// Values of a dimension, the most disadvantaged first, each of them once.
    std::map<std::string, std::vector<std::string>> orders = {};
    std::vector<std::string> measures = {};  ///< codes; empty: those that suit the dimension
};

enum class DimensionOrder : std::uint8_t { none, usual, declared };
std::string_view to_text(DimensionOrder order);

struct Dimension {
    std::string name;
    std::vector<std::string> values;  ///< in order where there is one, else as in the table
    DimensionOrder order = DimensionOrder::none;
};

/// A region, or the country, parted by one dimension. Vectors are parallel to the values of the dimension.
struct PartedUnit {
    Column values;
    std::vector<Measure> measures;
    std::optional<std::size_t> highest = {};  ///< value of the dimension; the first of equal ones
    std::optional<std::size_t> lowest = {};
    std::optional<std::size_t> rank = {};  ///< by D among the regions; 1: the largest; equal ones share the
                                           ///< best

    const Measure* find(std::string_view code) const;
};

/// Where the figures of the country come from: its own rows, or the regions.
enum class NationalBasis : std::uint8_t { published, weighted, unweighted };
std::string_view to_text(NationalBasis basis);

/// Measures inside each region between the values of one dimension.
struct Parted {
    std::size_t dimension = 0;
    std::vector<std::string> others;  ///< value of each dimension, "" all together; its own is ""
    std::vector<PartedUnit> regions;  ///< parallel to the regions
    PartedUnit nation;
    NationalBasis basis = NationalBasis::unweighted;
};

/// One cell in one year: a layer of its own, measured across the regions.
struct CellLayer {
    std::vector<std::string> values;  ///< of each dimension, "" all together
    std::size_t layer = 0;            ///< index into Atlas::layers
};

struct DisaggregatedYear {
    std::optional<int> year;
    std::vector<CellLayer> cells;  ///< all together first, then by the values of the dimensions
    std::vector<Parted> inside;    ///< by dimension, then by the values of the others
};

struct Disaggregated {
    Prepared prepared;  ///< a layer for each cell and year
    std::string indicator;
    std::vector<Dimension> dimensions;
    std::vector<DisaggregatedYear> years;  ///< ascending; of each set of boundaries
};

namespace study {

/// Measures of one indicator inside each region and the country between parts of the people, and across the
/// regions for each part. `plan` holds that indicator; its table has a row for every region and cell, and the
/// rows of all together may stand beside them (see tables::read_table). Without rows in a table, cells are
/// the indicators that the catalogue calls parts of it.
///
/// - Inside: D and R; where the values are ordered, the last against the first as in stats::measure()
/// (adverse:
///   first less last), else highest against lowest. With three values and more also SII, RII, ACI, RCI in an
///   order, else MDMW, IDISW, TI; people of each cell weigh where they are known for all. Errors where all
///   cells of the region have one, cells being independent samples.
/// - A cell without a figure: D and R of an order need its ends only; nothing else has a value, and the note
///   names the cell. It is never left out in silence.
/// - The country: published rows of all cells, else means of the regions (weighted: sum of p y, error the
/// root
///   of sum p^2 s^2). Published rows have no errors.
/// - Two dimensions: inside by each of them, for all people and for each value of the other.
/// - Usual orders (rural, urban; quintiles; poorest to richest) hold where no other is declared.
/// Throws UsageError: no or more than two dimensions, one twice, an order of another column; InputError: as
/// prepare(), a value that the order does not name or names in vain (the nearest is named), fewer than two
/// values.
Disaggregated disaggregate(const Plan& plan, const DisaggregationChoice& choice, Findings& findings);

}  // namespace study
}  // namespace tendik
