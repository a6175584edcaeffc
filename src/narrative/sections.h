#pragma once

#include "stories.h"
#include "words.h"

#include <string>
#include <vector>

namespace tendik::narrative {

/// What every section tells from. All of them return HTML with a heading of the second level.
struct Telling {
    const ReportContent& content;
    const std::vector<Story>& stories;
    const Others& others;
    const Words& words;

    const Layer& layer(std::size_t index) const { return content.prepared.atlas.layers[index]; }
    const LayerResult& result(std::size_t index) const { return content.prepared.results[index]; }
    const Boundaries& boundaries_of(const Layer& layer) const {
        return content.prepared.atlas.boundaries_of(layer);
    }
};

/// How many changed which way, where likes lie together, and a table of all indicators.
std::string overview_section(const Telling& telling);
/// What chance, tests and their corrections allow to say.
std::string sure_section(const Telling& telling);
/// An article for each indicator, by themes.
std::string indicators_section(const Telling& telling);
/// Where each region of the latest units stands. Empty where no indicator has a good and a bad end.
std::string regions_section(const Telling& telling);
/// Each index with the intervals of its ranks. Empty without one.
std::string index_section(const Telling& telling);
/// What is not compared, and why; whom the borders are from.
std::string limits_section(const Telling& telling);
std::string sources_section(const Telling& telling);

/// A heading with the anchor that the contents lead to.
std::string section_heading(const Words& words, std::string_view anchor, std::string_view key);

}  // namespace tendik::narrative
