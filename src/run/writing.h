#pragma once

#include "tendik/base/progress.h"
#include "tendik/layers/drawn_layers.h"
#include "tendik/layers/index_layers.h"
#include "tendik/model/arcs.h"
#include "tendik/model/context.h"
#include "tendik/plan/plan.h"
#include "tendik/prepare/prepare.h"
#include "tendik/study/steps.h"
#include "tendik/style/text_book.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace tendik::run {

/// What the steps of writing share. What it refers to must outlive it.
struct Writing {
    const Plan& plan;
    const Prepared& prepared;
    const Studies& studies;
    std::filesystem::path folder;
    std::filesystem::path styles_dir;
    TextBook texts;
    std::vector<layers::StyledLayer> styled;
    std::vector<layers::StyledLayer> styled_points;
    std::vector<layers::DrawnIndex> indexes;  ///< parallel to Studies::indexes
    std::vector<Boundaries> lon_lat;          ///< what tiles and page draw; parallel to atlas.boundaries
    std::vector<ArcNetwork> networks;         ///< cut from lon_lat; empty when nothing is drawn
    std::vector<ContextLayer> context;
    Progress& progress;
};

/// Everything that writing needs, made in one place.
Writing make_writing(const Plan& plan, const Prepared& prepared, const Studies& studies,
                     const std::filesystem::path& folder, const std::filesystem::path& data_folder,
                     Progress& progress);

/// Throws InputError: without borders there is nothing to draw.
void refuse_without_boundaries(const Plan& plan);

/// "regions_2018": name of the archive without ending.
std::string pyramid_name(const Boundaries& boundaries);
/// Vector tiles of the boundaries with index `i`.
void write_vector_tiles(const Writing& writing, std::size_t i, const std::filesystem::path& target);
void write_context_tiles(const Writing& writing, const std::filesystem::path& target);
void write_all_vector_tiles(const Writing& writing);
void write_all_raster_tiles(const Writing& writing);
/// Whom to name for the context; everybody once.
Texts attribution_of(const std::vector<ContextLayer>& context);

/// site/, the page with its own copy of the tiles.
void write_page(const Writing& writing);
/// report.html
void write_report(const Writing& writing);

}  // namespace tendik::run
