#pragma once

#include "tendik/geom/crs.h"
#include "tendik/geom/shape.h"
#include "tendik/model/texts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tendik {

/// Position of a region in its Boundaries.
enum class RegionIndex : std::uint32_t {};

/// One areal unit.
struct Region {
    std::string key;   ///< the code that names it in files, always text
    Texts name;        ///< falls back to the key when the file has no names
    std::string kind;  ///< "oblast", "city", ...; empty when unknown
    /// How the outline was made: "natural-earth", "generalised-circle", ...; may be empty.
    std::string outline;
    Shape shape;                 ///< in the CRS of the Boundaries
    std::optional<Point> label;  ///< stated place of the label, in the CRS of the Boundaries
    /// Every column of the file, in order, as text.
    std::vector<std::pair<std::string, std::string>> attributes;

    /// A generalised outline stands for the area only: it is drawn dashed and named so.
    bool generalised() const { return outline.starts_with("generalised"); }
};

/// All regions of one map: one vintage, one CRS, keys unique.
struct Boundaries {
    std::string source;   ///< file and layer as the user named them
    std::string vintage;  ///< "pre-2018", "2018", ...; empty when it does not matter
    std::string key_column;
    Crs crs;
    std::vector<Region> regions;
    Texts note;         ///< what a reader of the map must know about the borders; may be empty
    Texts attribution;  ///< whom to name for the borders; may be empty
};

std::optional<RegionIndex> find_region(const Boundaries& boundaries, const std::string& key);
Box box_of(const Boundaries& boundaries);

}  // namespace tendik
