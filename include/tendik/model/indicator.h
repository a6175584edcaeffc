#pragma once

#include "tendik/model/texts.h"
#include "tendik/model/value.h"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// A total is not comparable between regions of different size; a rate and a mean are; a count is a whole
/// number of cases.
enum class IndicatorKind : std::uint8_t { rate, mean, total, count };
/// Adverse: a high value is bad. Neutral: neither end is good or bad in itself (density, urban share); then
/// no region is worst or best.
enum class Direction : std::uint8_t { adverse, favourable, neutral };

std::string_view to_text(IndicatorKind kind);
std::string_view to_text(Direction direction);
std::optional<IndicatorKind> kind_from_text(std::string_view text);
std::optional<Direction> direction_from_text(std::string_view text);

/// What weighs the regions: the population that an indicator speaks of.
struct WeightChoice {
    std::string indicator;  ///< code of the denominator in the catalogue
    bool stand_in = false;  ///< not the very population of the definition, and called so
    Texts text;             ///< how it is named to a reader
};

struct SeriesBreak {
    int year = 0;  ///< first year of the new series
    Texts text;
};

struct IndicatorNote {
    std::optional<int> year;  ///< absent: all years
    std::string unit;         ///< key of a region; empty: all
    bool outlier = false;     ///< the figure is known to be implausible
    Texts text;
};

/// This indicator is computed: sum of part x weight over sum of weights.
struct IndicatorPart {
    std::string indicator;
    std::string weight;
};

/// This indicator is computed: a published total over a denominator of the same units, times a factor.
struct Quotient {
    std::string total;      ///< code of the total
    std::string indicator;  ///< code of the denominator
    double times = 1.0;     ///< 1000: per thousand of the denominator; above 0
    Texts text;             ///< how the computation is told to a reader
};

/// This indicator is computed: the figure of one part of the people less that of another, each an indicator
/// of its own.
struct IndicatorGap {
    std::string more;  ///< codes
    std::string less;
};

/// This indicator is another one of a part of the people only.
struct IndicatorCell {
    std::string of;                            ///< code of the indicator of all people
    std::map<std::string, std::string> where;  ///< value of each dimension: residence -> urban
};

/// A unit in which figures may stand in tables; times the factor they are in the unit of the indicator.
struct UnitFactor {
    std::string name;
    double factor = 1.0;  ///< above 0
};

/// One entry of the catalogue.
struct Indicator {
    std::string code;
    Texts name;
    std::string theme;
    Texts unit;
    IndicatorKind kind = IndicatorKind::rate;
    double scale = 1.0;  ///< 100 for per cent
    Direction direction = Direction::adverse;
    double lower_bound = -std::numeric_limits<double>::infinity();
    double upper_bound = std::numeric_limits<double>::infinity();
    int decimals = 1;
    std::optional<WeightChoice> weight;
    Texts definition;
    std::vector<std::string> sources;
    std::map<int, std::string> year_labels;  ///< 2010 -> "2010-11"
    std::vector<SeriesBreak> breaks;
    std::vector<IndicatorNote> notes;
    std::vector<IndicatorPart> parts;
    std::optional<Quotient> per;
    std::optional<IndicatorGap> gap;
    /// Of two parts of the people, by the catalogue or by a plan: a figure may be below zero, and that of the
    /// country is no mean of those of the regions.
    bool difference = false;
    std::optional<IndicatorCell> cell;
    std::vector<UnitFactor> units;  ///< empty: figures are taken as they stand
    bool partial = false;  ///< the source speaks of some regions only: shown, never measured nor ranked
};

struct Theme {
    std::string code;
    Texts name;
};

struct Catalogue {
    std::vector<Theme> themes;
    std::vector<Indicator> indicators;
};

const Indicator* find_indicator(const Catalogue& catalogue, std::string_view code);

/// Where figures were published.
struct Source {
    std::string id;
    std::string title;
    std::string publisher;
    std::string year;
    std::string licence;
};

/// One row of an indicator table.
struct Figure {
    std::string key;        ///< as in the file
    std::string indicator;  ///< code; empty when the table holds one indicator only
    std::optional<int> year;
    std::string vintage;  ///< empty when the table does not say
    Value value;
    std::string unit;    ///< as in the file; empty when the table does not say
    std::string source;  ///< id of a Source; may be empty
    std::string note;
    std::size_t line = 0;  ///< in the file, from 1; 0: the table has no such row
    /// Of which part of the people: a value for each of Indicators::dimensions; empty: of all together.
    std::vector<std::string> cell = {};
    /// Where the cell cannot be read, why and where it stands, and what to do; the value is missing then.
    std::string fault = {};
    std::string hint = {};
};

/// One table as read.
struct Indicators {
    std::string source;  ///< the file as the user named it
    std::string key_column;
    std::vector<Figure> figures;
    std::vector<std::string> dimensions = {};  ///< columns by which the people of a region are parted
    /// Other columns of words in which rows of one region, indicator and year differ.
    std::vector<std::string> undeclared = {};
};

/// Throws InputError where the cell of a figure that is needed cannot be read.
void refuse_fault(const Figure& figure);

/// Whether rows say which indicator they are of, or which vintage their units.
bool names_indicators(const Indicators& table);
bool names_vintages(const Indicators& table);

}  // namespace tendik
