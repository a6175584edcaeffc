#pragma once

#include "gdal_session.h"

#include <cstddef>
#include <string>
#include <vector>

namespace tendik::io {

/// One array of a file that holds several.
struct Variable {
    std::string name;     ///< "pm25"
    std::string dataset;  ///< how GDAL opens it
};

/// The subdatasets of a file, in its order.
std::vector<Variable> variables_of(GDALDataset& dataset);

struct NamedBand {
    int number = 1;  ///< of GDAL
    std::string name;
};

/// Every band but alpha, named by its description, by its step along further dimensions, or "band 1".
std::vector<NamedBand> bands_of(GDALDataset& dataset);

/// The positions of the bands that a choice means: all for an empty one. Throws InputError that names the
/// existing ones, where there is none or more than one of the name.
std::vector<std::size_t> choose_bands(const std::vector<NamedBand>& bands, const std::string& choice,
                                      const std::string& source);

/// A number of the CF convention, "days since 2000-01-01", as a date, or date and time where it is not
/// midnight; the number itself for other units and calendars.
std::string step_text(const std::string& value, const std::string& units, const std::string& calendar);

}  // namespace tendik::io
