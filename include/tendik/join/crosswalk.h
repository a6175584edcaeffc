#pragma once

#include "tendik/base/finding.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// What a source region is to a target region, by the area that they share. Where one part of a source is
/// split off, all of it is split; where a target takes one source in whole, all of it is merged.
enum class Passage : std::uint8_t {
    same,     ///< either lies in the other, and they are called alike
    renamed,  ///< either lies in the other under another name
    merged,   ///< the source lies in the target, which is larger
    split,    ///< the target lies in the source, which is larger
    shifted   ///< neither: a border between them moved
};
std::string_view to_text(Passage passage);

struct CrosswalkOptions {
    double same_share = 0.9;  ///< share from which a region lies in another, above 0.5 to 1 (GeoRepo: 0.9)
    /// A piece below this share of both its regions is the rounding of borders and left out; 0 to 0.1.
    double sliver_share = 1e-6;
};

/// The ground that a source and a target share.
struct SharedPiece {
    std::size_t source = 0;  ///< index into the regions
    std::size_t target = 0;
    Shape shape;  ///< lon/lat degrees (WGS 84)
    double area_km2 = 0.0;
};

struct CrosswalkRow {
    std::size_t source = 0;
    std::size_t target = 0;
    double area_km2 = 0.0;
    double amount = 0.0;        ///< of what weighs: people, or the area itself
    double source_share = 0.0;  ///< amount over all amounts of the source; those of a source add up to 1
    double target_share = 0.0;  ///< the same of the target
    Passage passage = Passage::same;
};

/// How much the values carried to a target may be trusted.
struct TargetQuality {
    double share_covered = 0.0;         ///< of its area, by sources; 0 to 1
    double largest_source_share = 0.0;  ///< of its amounts; 1: all from one source
    double effective_sources = 0.0;     ///< 1 / sum of squared shares (inverse Simpson); 1: one source
    bool estimated = false;  ///< more than 1 - same_share of it comes from sources that were divided: split,
                             ///< or shared out by less than that
};

/// Shares between two sets of boundaries.
struct Crosswalk {
    std::string weighed_by;              ///< "area", or the name of the raster
    std::vector<CrosswalkRow> rows;      ///< by source, then by target
    std::vector<double> source_covered;  ///< share of each source's area that lies in targets, 0 to 1
    std::vector<TargetQuality> targets;  ///< parallel to the target regions
};

namespace join {

/// The pieces that regions of both share, by source, then by target. Both in longitude and latitude. Area is
/// geodesic (WGS 84). Pieces without an area are left out.
std::vector<SharedPiece> overlay(const Boundaries& from, const Boundaries& to);

/// `amounts` is what each piece holds, parallel to the pieces, e.g. people of a raster; null: its area. A
/// source whose pieces hold nothing is shared by area: finding "no-weight". Findings "outside", a source that
/// lies partly (more than 1 %) in no target, whose totals go to the targets there are, and "not-covered", a
/// target that sources cover in part. Throws InputError: options out of range, no piece at all (they do not
/// meet), amounts below 0.
Crosswalk make_crosswalk(const Boundaries& from, const Boundaries& to, const std::vector<SharedPiece>& pieces,
                         const std::vector<double>* amounts, const std::string& weighed_by,
                         const CrosswalkOptions& options, Findings& findings);

/// Totals: Y_t = sum over sources of y_s x source_share. What the sources have arrives: sums are equal to
/// 1e-12 of them. A source that is not applicable counts as nothing; one that is absent otherwise makes its
/// targets absent in the same way; a target without a source is unmatched. Estimated values are flagged
/// inherited.
Column carry_extensive(const Crosswalk& crosswalk, const Column& values);

/// Rates and means, weighed by amounts: Y_t = sum y_s a_st / sum a_st, over sources as above.
Column carry_intensive(const Crosswalk& crosswalk, const Column& values);

/// Rates by their denominators (populations, 0 or above): sum y_s d_s share / sum d_s share, so that the rate
/// of a merged region is that of its people. A denominator that is absent makes the target missing; where all
/// are 0 the rate is not applicable.
Column carry_rates(const Crosswalk& crosswalk, const Column& rates, const Column& denominators);

}  // namespace join
}  // namespace tendik
