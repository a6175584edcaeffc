#pragma once

#include "tendik/base/finding.h"
#include "tendik/geom/crs.h"
#include "tendik/geom/shape.h"
#include "tendik/model/point_layer.h"
#include "tendik/model/value.h"

#include <optional>
#include <string>
#include <vector>

namespace tendik {

/// Where points with figures come from: a table with two columns of coordinates, or a layer of points.
struct PointSource {
    std::string file = {};   ///< or an OGR connection
    std::string sheet = {};  ///< of a spreadsheet, or layer; empty: the only one
    std::string x = {};      ///< column; empty: the points of a layer, in a table "lon"
    std::string y = {};      ///< column; empty: the points of a layer, in a table "lat"
    std::string name = {};   ///< column; empty: the first of `usual_names` that exists, else the row's number
    std::vector<std::string> usual_names = {"name"};
    std::vector<std::string> values = {};  ///< columns with numbers
    /// Columns with numbers that need not exist; without them the values are missing.
    std::vector<std::string> more_values = {};
    std::vector<std::string> missing = {};  ///< marks that mean "missing"
    Crs crs = {};  ///< of the columns, or of a layer that states none; unknown: EPSG:4326 for columns
};

struct TablePoint {
    std::string name;
    Point place;
    std::vector<Value> values;  ///< in the order asked for, then `more_values`
    std::string where;          ///< "points.csv, line 7"
};

struct PointTable {
    std::string source;  ///< as the user named it
    Crs crs;
    std::vector<TablePoint> points;
};

namespace tables {

/// Reads points through the reader of tables (see read_table.h: formats, encodings, decimal commas, marks,
/// findings). A row without both coordinates is left out: finding "no-place". Throws InputError with file,
/// line and column: as read_table(); a row with one coordinate; only
/// one of x and y named; a layer of points without CRS, or whose CRS is named a second time.
PointTable read_points(const PointSource& source, Findings& findings);

/// The points with their first value as figures of the indicator, in longitude and latitude, not yet classed.
/// A point without a value stays, without one. Throws InputError: as read_points(); a value outside of the
/// bounds of the indicator; a total, which is of a region; a table without a place.
PointLayer read_point_layer(const PointSource& source, const Indicator& indicator, std::optional<int> year,
                            Findings& findings);

}  // namespace tables
}  // namespace tendik
