#pragma once

#include "join_figures.h"

namespace tendik::prepare {

/// Figures of an older vintage on the regions of `boundaries`.
struct CarriedFigures {
    Joined joined;
    Carried carried;
    std::optional<Weights> weights;  ///< none for a region that inherits: it is not counted
};

/// As join_figures(), with the rows of planned.inherit_from, joined to the units of that vintage first. With
/// planned.inherit_by they are carried by what the units share with the regions, as `tendik crosswalk` does:
/// totals by shares, rates by the weights that the plan or the catalogue names, else by the shares; what is
/// estimated is flagged inherited, and noted as "values-estimated". Else the register says which unit became
/// which: a region with a row of its own vintage keeps that ("restated"); parts of a divided unit inherit its
/// rate, and have a share of its total only where planned.split_totals names what it is shared out by. Every
/// division is the note "values-inherited" or "totals-split", a total not shared out the warning
/// "total-not-inherited". Throws InputError.
CarriedFigures carry_figures(Loading& loading, const PlannedIndicator& planned, const Indicators& table,
                             const Indicator& indicator, const Boundaries& boundaries,
                             std::optional<int> year);

}  // namespace tendik::prepare
