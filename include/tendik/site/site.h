#pragma once

#include "tendik/model/atlas.h"
#include "tendik/model/context.h"
#include "tendik/model/measure.h"
#include "tendik/style/choropleth.h"
#include "tendik/style/text_book.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// The tiles of one Boundaries for the page.
struct SiteBoundaries {
    const Boundaries* boundaries = nullptr;
    std::string pmtiles;  ///< a whole archive, bytes
    std::uint32_t min_zoom = 0;
    std::uint32_t max_zoom = 0;
};

/// Figures at places over the map of a layer; pointers live as long as the call.
struct SitePoints {
    const PointLayer* layer = nullptr;
    const Choropleth* choropleth = nullptr;
    const Legend* legend = nullptr;
};

/// A place in the tree of a composite index. Columns are parallel to the regions.
struct SiteIndexNode {
    std::string code = {};
    Texts name = {};
    std::optional<std::size_t> parent = {};  ///< into SiteIndex::nodes; none: the index itself
    std::string year_label = {};             ///< of an indicator
    double weight = 1.0;                     ///< share among its siblings
    Column scores = {};
    Column parts = {};    ///< what it adds to the score of the index
    Column figures = {};  ///< of an indicator: what it is scored by, or why a region has none; else empty
};

/// Where a region stands when other choices are made; none without a rank.
struct SiteRankInterval {
    std::optional<std::size_t> low, median, high;
};

/// What a composite index says besides its score.
struct SiteIndex {
    std::vector<SiteIndexNode> nodes;     ///< the first is the index; a child stands behind its parent
    std::vector<SiteRankInterval> ranks;  ///< parallel to the regions; empty: not tested
    std::size_t draws = 0;                ///< behind the intervals
    double mean_shift = 0.0;              ///< of a rank over these draws
    double least_share = 0.0;             ///< of the weight that must be known for a score
};

/// One layer for the page; pointers live as long as the call.
struct SiteLayer {
    const Layer* layer = nullptr;
    const Choropleth* choropleth = nullptr;
    const Legend* legend = nullptr;
    const Measures* measures = nullptr;
    std::optional<Change> change;                     ///< from the first year of the series to this one
    std::size_t series = 0;                           ///< layers of equal number share their classes
    std::optional<SitePoints> points = std::nullopt;  ///< what a modelled layer was made from
    /// That a region belongs to its class, parallel to the regions; null or empty: not known.
    const std::vector<std::optional<double>>* class_probability = nullptr;
    double stable_from = 0.0;          ///< below this probability a class is not firm
    const SiteIndex* index = nullptr;  ///< null: no composite index
};

/// What lies round the regions, for the page.
struct SiteContext {
    const std::vector<ContextLayer>* layers = nullptr;
    std::string pmtiles;  ///< a whole archive, bytes
    Texts attribution;
};

struct SiteContent {
    Texts title;
    Texts attribution;
    std::vector<Theme> themes;
    std::vector<Source> sources;
    std::vector<SiteBoundaries> boundaries;
    std::vector<SiteLayer> layers;
    std::optional<SiteContext> context;
};

namespace site {

/// Writes the page into `folder` (which exists and which nobody else sees yet): files of styles/site, the
/// page parts and data.js. `parts_dir` holds the npm packages; InputError when a part is not there (says how
/// to get it).
void write_site(const std::filesystem::path& folder, const SiteContent& content, const TextBook& texts,
                const std::filesystem::path& styles_dir, const std::filesystem::path& parts_dir);

/// data.js alone.
std::string site_data(const SiteContent& content, const TextBook& texts);

}  // namespace site
}  // namespace tendik
