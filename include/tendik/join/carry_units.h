#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/atlas.h"
#include "tendik/model/register.h"

#include <string>
#include <vector>

namespace tendik::join {

/// The unit of an older vintage that a region of today has its figures from.
struct UnitOrigin {
    const RegisterEntry* unit = nullptr;  ///< null: no unit of that vintage holds the region
    bool is_part = false;                 ///< the unit was larger: it was divided
};

/// For each region of `boundaries` the unit of vintage `there` that held it: Turkistan and Shymkent are parts
/// of South Kazakhstan before 2018, other oblasts are their own origin. Throws InputError: the boundaries
/// state no vintage, or the same one; the register does not know `there`; a region was put together from
/// several units, which is a merger.
std::vector<UnitOrigin> find_origins(const Boundaries& boundaries, const Register& reg,
                                     const std::string& there);

/// The units of the origins, each once, as regions without shapes, keyed by unit id: what a table of that
/// vintage is joined to before its figures are carried over.
Boundaries units_of(const std::vector<UnitOrigin>& origins, const std::string& there,
                    const std::string& source);

/// What becomes of the value of a divided unit: its parts inherit a rate, and have nothing of a total.
enum class OfParts { inherit, nothing };

/// The values of the units (parallel to `units`) on the regions (parallel to the origins). A value that is
/// absent stays as absent as it is.
Column carry_over(const Column& values, const Boundaries& units, const std::vector<UnitOrigin>& origins,
                  OfParts of_parts);

/// Inherited totals shared out: of each divided unit every part has total x weight / sum of the weights of
/// the unit's parts, so that the parts sum up to the total; still flagged as inherited. Throws InputError
/// where a part has no weight.
Column split_totals(const Column& inherited, const std::vector<UnitOrigin>& origins, const Column& weights,
                    const Boundaries& boundaries);

/// "South Kazakhstan of pre-2018 is Shymkent + Turkistan of 2018": one line for each unit that was divided.
std::vector<std::string> divisions_text(const std::vector<UnitOrigin>& origins, const Boundaries& boundaries,
                                        const std::string& there);

/// Throws InputError where the register knows vintages and not this one, naming those that exist; and where a
/// region is a unit of the register that does not exist in the vintage which the boundaries state.
void refuse_wrong_vintage(const Boundaries& boundaries, const Register& reg);

}  // namespace tendik::join
