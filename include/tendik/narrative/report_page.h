#pragma once

#include "tendik/geom/shape.h"
#include "tendik/prepare/prepare.h"
#include "tendik/study/steps.h"
#include "tendik/style/choropleth.h"
#include "tendik/style/text_book.h"

#include <filesystem>
#include <string>
#include <vector>

namespace tendik {

/// What the report tells of. References live as long as the call.
struct ReportContent {
    Texts title;
    const Prepared& prepared;
    const Studies& studies;
    std::vector<const Choropleth*> looks;      ///< parallel to Atlas::layers
    std::vector<std::vector<Shape>> outlines;  ///< by Boundaries and region, longitude and latitude,
                                               ///< simplified
};

namespace narrative {

/// report.html: one file that asks for nothing else, in Kazakh, Russian and English, each a section of its
/// own. For every indicator that is compared: how far apart the regions are, how that changed, whether likes
/// lie together, and how sure each of these is; then where each region stands, the composite indices with the
/// intervals of their ranks, and what is modelled, inherited or shown without being measured. Nothing is
/// computed here but places and counts; no pattern is claimed whose corrected p is above 0.05.
/// `styles_dir` holds report/report.css and report/report.js. Throws InputError for a text that is not there.
std::string report_html(const ReportContent& content, const TextBook& texts,
                        const std::filesystem::path& styles_dir);

}  // namespace narrative
}  // namespace tendik
