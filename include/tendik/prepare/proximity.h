#pragma once

#include "tendik/base/finding.h"
#include "tendik/base/progress.h"
#include "tendik/model/boundaries.h"
#include "tendik/model/value.h"
#include "tendik/plan/access_steps.h"
#include "tendik/prepare/surfaces.h"
#include "tendik/raster/zonal.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace tendik {

/// A site and how well its place is known.
struct SiteFacts {
    std::string id;
    Point place;             ///< longitude and latitude
    Value accuracy_km = {};  ///< how far the point may be from the true place
    Value extent_km = {};    ///< how far the site itself reaches from the point
};

/// How much lies within one distance or time.
struct Reach {
    std::string place = {};    ///< id of a site; "union": of any site; travel: empty
    std::string key = {};      ///< of the region; empty: of all regions
    std::string counted = {};  ///< name of the population, or "area_km2"
    double limit = 0.0;        ///< km or minutes, up to and with
    Value amount = {};         ///< people or km2
    Value low = {};            ///< surely within; parts of cells that the limit runs through are left out
    Value high = {};           ///< at most within
    Value share = {};          ///< of all of it in the region
};

struct Proximity {
    /// One row a region. Of each population P, or "area_km2": P; for each limit L P_within_Lkm with _low and
    /// _high, and P_share_within_Lkm; P_beyond_Lkm after the last. Then accuracy_km, the worst of the sites.
    ZonalTable table;
    std::vector<double> bands_km;
    std::vector<SiteFacts> sites;
    std::vector<Reach> reaches;  ///< by population, site (the union first), region (all first), limit
};

namespace prepare {

/// People within geodesic distances of sites (access/site_bands.h), counted on the grid of each population;
/// without one the ground, on a grid made for it. Findings: "accuracy-unknown", "coarse-site" (a place known
/// no better than the first band is wide), "large-site" (a site that reaches beyond the first band), and as
/// raster/band_amounts.h. Throws InputError: no site, two sites of one id, and as the functions named.
/// `surfaces`: those that the population rasters may name ("surface:people"). `jobs` overrides the options'.
Proximity make_proximity(const PlannedProximity& planned, const Boundaries& boundaries,
                         std::span<const MadeSurface> surfaces, std::size_t jobs, Progress& progress,
                         Findings& findings);

}  // namespace prepare
}  // namespace tendik
