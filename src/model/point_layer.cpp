#include "tendik/model/point_layer.h"

namespace tendik {

std::string PointLayer::name() const {
    return year ? indicator.code + "_" + std::to_string(*year) : indicator.code;
}

Column PointLayer::values() const {
    Column column;
    for (const auto& point : points)
        column.push_back(point.value);
    return column;
}

}  // namespace tendik
