#include "tendik/topology/check_nesting.h"

#include "sizes.h"
#include "tendik/geom/validity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace tendik::topology {
namespace {

/// What the steps of one check share.
struct Check {
    const Boundaries& regions;
    const Nesting& nesting;
    const Sizes& sizes;
    double tolerance = 0.0;
    Findings& findings;
    double largest_outside = 0.0;  ///< of the shares that are tolerated
    double largest_gap = 0.0;

    const Region& parent_of(std::size_t region) const {
        return nesting.parents.regions[static_cast<std::size_t>(nesting.parent_of[region])];
    }
    void warn(const char* code, const Point& place, std::string text) const {
        findings.add(Severity::warning, code, place_text(place), std::move(text));
    }
};

std::string per_cent(double share) { return fmt::format("{:.3g} %", share * 100.0); }

std::string pieces_text(const Shape& pieces) {
    return pieces.parts.size() == 1 ? std::string{}
                                    : fmt::format(" in {} places, the largest", pieces.parts.size());
}

/// Where a piece lies that should lie in its parent.
std::string whereabouts(const Check& check, const Point& place) {
    for (const auto& parent : check.nesting.parents.regions)
        if (contains(parent.shape, place)) return fmt::format("in parent {}", region_text(parent));
    return "in no parent";
}

void check_inside(Check& check, std::size_t index) {
    const auto& region = check.regions.regions[index];
    const auto& parent = check.parent_of(index);
    const auto outside = geom::difference_of(region.shape, parent.shape);
    if (outside.parts.empty()) return;
    const auto size = check.sizes.of(outside);
    const auto share = size / check.sizes.of(region.shape);
    if (!(share > check.tolerance)) {
        check.largest_outside = std::max(check.largest_outside, share);
        return;
    }
    const auto place = label_point(largest_part(outside));
    check.warn("outside-parent", place,
               fmt::format("region {} lies outside of its parent {} by {} of its area: {}{} at {}, {}{}",
                           region_text(region), region_text(parent), per_cent(share), check.sizes.text(size),
                           pieces_text(outside), place_text(place), whereabouts(check, place),
                           share > 0.5 ? "; is its parent the right one?" : ""));
}

void check_filled(Check& check, std::size_t index) {
    const auto& parent = check.nesting.parents.regions[index];
    std::vector<Shape> parts;
    for (std::size_t i = 0; i < check.regions.regions.size(); ++i)
        if (static_cast<std::size_t>(check.nesting.parent_of[i]) == index)
            parts.push_back(check.regions.regions[i].shape);
    if (parts.empty()) return;  // told where the parents were found
    const auto gaps = geom::difference_of(parent.shape, geom::union_of(parts));
    if (gaps.parts.empty()) return;
    const auto whole = check.sizes.of(parent.shape);
    const auto size = check.sizes.of(gaps);
    if (!(size / whole > check.tolerance)) {
        check.largest_gap = std::max(check.largest_gap, size / whole);
        return;
    }
    const auto tell = [&](const Shape& gap, double gap_size) {
        const auto place = label_point(largest_part(gap));
        check.warn("parent-gap", place,
                   fmt::format("no region of parent {} fills {} of it: {}{} at {}", region_text(parent),
                               per_cent(gap_size / whole), check.sizes.text(gap_size), pieces_text(gap),
                               place_text(place)));
    };
    bool told = false;
    for (const auto& part : gaps.parts) {
        const Shape gap{{part}};
        const auto gap_size = check.sizes.of(gap);
        if (!(gap_size / whole > check.tolerance)) continue;
        tell(gap, gap_size);
        told = true;
    }
    if (!told) tell(gaps, size);
}

}  // namespace

void check_nesting(const Boundaries& regions, const Nesting& nesting, double tolerance, Findings& findings) {
    const Sizes sizes(regions.crs);
    Check check{regions, nesting, sizes, tolerance, findings};
    for (std::size_t i = 0; i < regions.regions.size(); ++i)
        check_inside(check, i);
    for (std::size_t i = 0; i < nesting.parents.regions.size(); ++i)
        check_filled(check, i);
    findings.add(
        Severity::note, "nesting", regions.source,
        fmt::format("{} regions were compared with their {} parents of {}; tolerated: outside of the parent "
                    "up to {} of a region, not filled up to {} of a parent (tolerance {})",
                    regions.regions.size(), nesting.parents.regions.size(), nesting.parents.source,
                    per_cent(check.largest_outside), per_cent(check.largest_gap), per_cent(tolerance)));
}

}  // namespace tendik::topology
