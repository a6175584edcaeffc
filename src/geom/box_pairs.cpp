#include "tendik/geom/box_pairs.h"

#include <boost/geometry/geometries/box.hpp>
#include <boost/geometry/geometries/point_xy.hpp>
#include <boost/geometry/index/rtree.hpp>

#include <algorithm>
#include <iterator>

namespace tendik::geom {
namespace {

using Corner = boost::geometry::model::d2::point_xy<double>;
using Rectangle = boost::geometry::model::box<Corner>;
using Entry = std::pair<Rectangle, std::size_t>;
using Tree = boost::geometry::index::rtree<Entry, boost::geometry::index::rstar<16>>;

Rectangle rectangle_of(const Box& box) { return {{box.min_x, box.min_y}, {box.max_x, box.max_y}}; }

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> meeting_pairs(std::span<const Box> boxes) {
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < boxes.size(); ++i)
        if (!boxes[i].empty()) entries.emplace_back(rectangle_of(boxes[i]), i);
    const Tree tree(entries);  // packed: all boxes are known
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::vector<Entry> found;
    for (const auto& [rectangle, i] : entries) {
        found.clear();
        tree.query(boost::geometry::index::intersects(rectangle), std::back_inserter(found));
        for (const auto& entry : found)
            if (entry.second > i) pairs.emplace_back(i, entry.second);
    }
    std::ranges::sort(pairs);
    return pairs;
}

}  // namespace tendik::geom
