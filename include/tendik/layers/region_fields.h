#pragma once

#include "tendik/io/write_layers.h"
#include "tendik/model/atlas.h"
#include "tendik/prepare/prepare.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tendik::layers {

inline Cell cell_of(const std::optional<double>& number) { return number ? Cell{*number} : Cell{}; }
inline Cell cell_of(const std::optional<std::size_t>& number) {
    return number ? Cell{static_cast<std::int64_t>(*number)} : Cell{};
}
inline Cell cell_of(const Value& value) { return value.shown() ? Cell{value.number} : Cell{}; }

/// A column with a cell for each region.
template <typename Describe>
Field field(const Boundaries& boundaries, std::string name, FieldType type, std::string alias,
            Describe describe) {
    Field result{std::move(name), type, {}, std::move(alias)};
    for (std::size_t i = 0; i < boundaries.regions.size(); ++i)
        result.cells.push_back(describe(i));
    return result;
}

/// name_en, name_ru, name_kk, kind, outline.
std::vector<Field> name_fields(const Boundaries& boundaries);

/// <name>, <name>_state and, where some value is inherited, <name>_inherited. `alias` is the unit.
std::vector<Field> value_fields(const Boundaries& boundaries, const Column& values, const std::string& name,
                                const std::string& alias);

/// <name>_class, 1 = lowest.
Field class_field(const Boundaries& boundaries, const Layer& layer, const LayerResult& result,
                  const std::string& name);

/// <name>_class_p and <name>_class_unstable; none where no errors are known.
std::vector<Field> firmness_fields(const Boundaries& boundaries, const LayerResult& result,
                                   const std::string& name);

/// What is given or worked out of the precision of the layer's figures: <name>_se, _lower, _upper, _n, _deff,
/// _events, _reliability, and the flags _unreliable and _bracketed. None where nothing is given.
std::vector<Field> precision_fields(const Boundaries& boundaries, const Layer& layer,
                                    const std::string& name);

/// Each region's part: <name>_class_p and _class_unstable, rank, p against the mean, comparison intervals,
/// contribution to and influence on every measure; only columns of which some region has something.
std::vector<Field> share_fields(const Boundaries& boundaries, const Layer& layer, const LayerResult& result,
                                const std::string& name);

}  // namespace tendik::layers
