#include "tendik/tables/read_points.h"

#include "table_heading.h"
#include "value_column.h"

#include <fmt/format.h>

namespace tendik::tables {
namespace {

/// The cells, and the columns that hold the place.
struct PointCells {
    TextGrid grid;
    std::string x;
    std::string y;
    Crs crs;
};

PointCells cells_of(const PointSource& source, Findings& findings) {
    if (source.x.empty() != source.y.empty())
        throw InputError(fmt::format("{}: only one of the two columns of coordinates is named", source.file),
                         "name both, or none where they are called lon and lat");
    PointCells cells;
    cells.x = source.x.empty() ? "lon" : source.x;
    cells.y = source.y.empty() ? "lat" : source.y;
    cells.crs = source.crs.known() ? source.crs : wgs84;
    if (!io::is_gdal_table(source.file) || !source.x.empty()) {
        cells.grid = grid_of_table({.file = source.file, .sheet = source.sheet}, findings);
        return cells;
    }
    auto read = io::read_point_grid(source.file, source.sheet, findings);
    cells.grid = std::move(read.grid);
    if (!read.has_points) return cells;
    cells.x = io::point_x_column;
    cells.y = io::point_y_column;
    if (read.crs.known() && source.crs.known() && !geom::same_crs(read.crs, source.crs))
        throw InputError(fmt::format("{}: the points are in {}, and {} is named for them", source.file,
                                     geom::crs_name(read.crs), geom::crs_name(source.crs)),
                         "leave the CRS out; the layer states its own");
    if (!read.crs.known() && !source.crs.known())
        throw InputError(fmt::format("{}: the points have no coordinate reference system", source.file),
                         "name it: EPSG:4326 for longitude and latitude");
    cells.crs = read.crs.known() ? read.crs : source.crs;
    return cells;
}

double coordinate(const TextRows& table, const TextRow& row, const ValueColumn& read) {
    const auto value = read(row);
    if (!value.present())
        table.refuse(row, read.column(), "the point has no coordinate", "leave rows without a place out");
    return value.number;
}

std::optional<std::size_t> name_column(const TextRows& table, const PointSource& source) {
    if (!source.name.empty()) return table.column(source.name);
    for (const auto& name : source.usual_names)
        if (const auto column = table.find_column(name)) return column;
    return std::nullopt;
}

std::string name_of(const TextRow& row, const std::optional<std::size_t>& column, std::size_t number) {
    if (column && !row.fields[*column].text.empty()) return row.fields[*column].text;
    return fmt::format("point {}", number);
}

}  // namespace

PointTable read_points(const PointSource& source, Findings& findings) {
    auto cells = cells_of(source, findings);
    TableSource as_table;
    as_table.file = source.file;
    as_table.key = cells.x;
    as_table.missing = source.missing;
    if (!source.values.empty()) as_table.value = source.values.front();
    const auto headed = find_heading(std::move(cells.grid), as_table, findings);
    const auto& table = headed.table;
    const ValueColumn read_x(table, table.column(cells.x), as_table, false, findings);
    const ValueColumn read_y(table, table.column(cells.y), as_table, false, findings);
    std::vector<ValueColumn> read_values;
    for (const auto& name : source.values)
        read_values.emplace_back(table, table.column(name), as_table, false, findings);
    std::vector<std::optional<ValueColumn>> read_more;
    for (const auto& name : source.more_values)
        read_more.push_back(table.find_column(name)
                                ? std::optional<ValueColumn>(std::in_place, table, table.column(name),
                                                             as_table, false, findings)
                                : std::nullopt);
    const auto name = name_column(table, source);
    PointTable points{table.file, cells.crs, {}};
    for (const auto& row : table.rows) {
        if (!read_x(row).present() && !read_y(row).present()) {
            findings.add(Severity::warning, "no-place", table.where(row.line),
                         fmt::format("'{}' has no coordinates and is left out",
                                     name_of(row, name, points.points.size() + 1)));
            continue;
        }
        TablePoint point;
        point.name = name_of(row, name, points.points.size() + 1);
        point.place = {coordinate(table, row, read_x), coordinate(table, row, read_y)};
        for (const auto& read : read_values)
            point.values.push_back(read(row));
        for (const auto& read : read_more)
            point.values.push_back(read ? (*read)(row) : Value::without(State::missing));
        point.where = table.where(row.line);
        points.points.push_back(std::move(point));
    }
    return points;
}

}  // namespace tendik::tables
