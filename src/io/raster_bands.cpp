#include "raster_bands.h"

#include "tendik/base/text.h"

#include <cpl_string.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <optional>
#include <string_view>

namespace tendik::io {
namespace {

std::string item_of(GDALMajorObject& object, const std::string& key, const char* domain = "") {
    const char* value = object.GetMetadataItem(key.c_str(), domain);
    return value == nullptr ? std::string() : std::string(value);
}

struct Moment {
    std::chrono::sys_days day;
    double seconds = 0.0;
};

/// "2000-01-01", "2000-1-1 06:00:0.0", "2000-01-01T06:00:00Z".
std::optional<Moment> parse_moment(const std::string& text) {
    int year = 0, hour = 0, minute = 0;
    unsigned month = 0, day = 0;
    double second = 0.0;
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto read = [&at, end](auto& number) {
        const auto [next, fault] = std::from_chars(at, end, number);
        at = next;
        return fault == std::errc();
    };
    const auto pass = [&at, end](std::string_view signs) {
        const bool found = at != end && signs.find(*at) != std::string_view::npos;
        if (found) ++at;
        return found;
    };
    if (!(read(year) && pass("-") && read(month) && pass("-") && read(day))) return std::nullopt;
    // Without a time of day the day begins.
    if (pass(" T") && read(hour) && pass(":") && read(minute) && pass(":")) read(second);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!date.ok()) return std::nullopt;
    return Moment{std::chrono::sys_days(date), hour * 3600.0 + minute * 60.0 + second};
}

std::optional<double> seconds_in(std::string_view unit) {
    if (unit.starts_with("sec") || unit == "s") return 1.0;
    if (unit.starts_with("min")) return 60.0;
    if (unit.starts_with("hour") || unit == "h" || unit == "hr" || unit == "hrs") return 3600.0;
    if (unit.starts_with("day") || unit == "d") return 86400.0;
    return std::nullopt;
}

/// "time=2019-01-01,level=2" of NETCDF_DIM_time and NETCDF_DIM_level, in the order of the metadata.
std::string dimension_name(GDALDataset& dataset, GDALRasterBand& band) {
    constexpr std::string_view prefix = "NETCDF_DIM_";
    std::string name;
    for (auto** item = band.GetMetadata(); item != nullptr && *item != nullptr; ++item) {
        const std::string text = *item;
        const auto equals = text.find('=');
        if (!text.starts_with(prefix) || equals == std::string::npos) continue;
        const auto dimension = text.substr(prefix.size(), equals - prefix.size());
        const auto value = step_text(text.substr(equals + 1), item_of(dataset, dimension + "#units"),
                                     item_of(dataset, dimension + "#calendar"));
        name += fmt::format("{}{}={}", name.empty() ? "" : ",", dimension, value);
    }
    return name;
}

/// Whether the name is the choice, its step alone, or begins with the step.
bool is_named(const std::string& name, const std::string& choice) {
    if (name == choice) return true;
    const auto equals = name.find('=');
    return equals != std::string::npos && name.substr(equals + 1) == choice;
}

bool begins_like(const std::string& name, const std::string& choice) {
    const auto equals = name.find('=');
    if (equals == std::string::npos) return false;
    return name.starts_with(choice) || std::string_view(name).substr(equals + 1).starts_with(choice);
}

}  // namespace

std::string step_text(const std::string& value, const std::string& units, const std::string& calendar) {
    const auto since = units.find(" since ");
    const auto number = parse_number(value);
    const bool common = calendar.empty() || calendar == "standard" || calendar == "gregorian" ||
                        calendar == "proleptic_gregorian";
    if (since == std::string::npos || !number || !common) return value;
    const auto unit = seconds_in(units.substr(0, since));
    const auto start = parse_moment(units.substr(since + 7));
    if (!unit || !start) return value;
    const double seconds = std::round(start->seconds + *number * *unit);
    const double days = std::floor(seconds / 86400.0);
    if (std::abs(days) > 3e6) return value;
    const std::chrono::year_month_day date{start->day + std::chrono::days(static_cast<int>(days))};
    const auto rest = static_cast<int>(seconds - days * 86400.0);
    auto text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                            static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    if (rest != 0) text += fmt::format("T{:02}:{:02}:{:02}", rest / 3600, rest / 60 % 60, rest % 60);
    return text;
}

std::vector<Variable> variables_of(GDALDataset& dataset) {
    std::vector<Variable> variables;
    for (int i = 1;; ++i) {
        const auto name = item_of(dataset, fmt::format("SUBDATASET_{}_NAME", i), "SUBDATASETS");
        if (name.empty()) return variables;
        // NETCDF:"file.nc":pm25, HDF5:"file.h5"://group/pm25, ZARR:"file.zarr":/pm25:3
        const auto quote = name.rfind("\":");
        auto variable =
            quote == std::string::npos ? name.substr(name.rfind(':') + 1) : name.substr(quote + 2);
        variable.erase(0, std::min(variable.find_first_not_of('/'), variable.size()));
        variables.push_back({variable, name});
    }
}

std::vector<NamedBand> bands_of(GDALDataset& dataset) {
    std::vector<NamedBand> bands;
    for (int number = 1; number <= dataset.GetRasterCount(); ++number) {
        auto& band = *dataset.GetRasterBand(number);
        if (band.GetColorInterpretation() == GCI_AlphaBand) continue;
        auto name = dimension_name(dataset, band);
        if (name.empty()) name = band.GetDescription();
        if (name.empty()) name = fmt::format("band {}", number);
        bands.push_back({number, name});
    }
    return bands;
}

std::vector<std::size_t> choose_bands(const std::vector<NamedBand>& bands, const std::string& choice,
                                      const std::string& source) {
    std::vector<std::size_t> chosen;
    std::vector<std::string> names;
    for (const auto& band : bands)
        names.push_back(band.name);
    const auto pick = [&](const auto& fits) {
        for (std::size_t i = 0; i < bands.size() && (chosen.empty() || !choice.empty()); ++i)
            if (fits(bands[i])) chosen.push_back(i);
    };
    if (choice.empty()) {
        for (std::size_t i = 0; i < bands.size(); ++i)
            chosen.push_back(i);
        return chosen;
    }
    pick([&](const NamedBand& band) { return is_named(band.name, choice); });
    if (chosen.empty()) {
        const auto number = parse_integer(choice);
        pick([&](const NamedBand& band) { return number && *number == band.number; });
    }
    if (chosen.empty()) pick([&](const NamedBand& band) { return begins_like(band.name, choice); });
    if (chosen.size() == 1) return chosen;
    constexpr std::size_t most = 20;
    auto listed = names;
    if (listed.size() > most) listed.resize(most);
    const auto hint = fmt::format("the bands are: {}{}", join_text(listed, ", "),
                                  names.size() > most ? fmt::format(", ... ({} in all)", names.size()) : "");
    if (!chosen.empty())
        throw InputError(fmt::format("{}: {} bands are meant by '{}'", source, chosen.size(), choice), hint);
    const auto near = nearest(choice, names);
    throw InputError(fmt::format("{}: no band '{}'{}", source, choice,
                                 near ? fmt::format(", did you mean '{}'?", *near) : std::string()),
                     hint);
}

}  // namespace tendik::io
