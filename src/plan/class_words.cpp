// How values are classed, in the words of a plan.
#include "class_words.h"

#include "plan_words.h"
#include "tendik/base/error.h"
#include "tendik/base/text.h"

#include <fmt/format.h>

namespace tendik::plan {

std::optional<Scheme> read_scheme(const Node& node) {
    const auto* scheme = node.find("scheme");
    if (scheme == nullptr)
        return node.find("breaks") != nullptr ? std::optional(Scheme::fixed) : std::nullopt;
    return choice_of<Scheme>(*scheme, &scheme_from_text, join_text(scheme_words(), ", "));
}

std::vector<double> read_breaks(const Node& node, std::optional<Scheme> scheme) {
    const auto* list = node.find("breaks");
    if (list == nullptr) {
        if (scheme == Scheme::fixed)
            throw InputError(fmt::format("{}: the scheme is fixed, and no breaks are given", node.where()),
                             "add breaks = [5, 10, 15]");
        return {};
    }
    if (scheme != Scheme::fixed)
        throw InputError(
            fmt::format("{}: breaks are given, and the scheme is {}", list->where(), to_text(*scheme)),
            "breaks go with scheme = \"fixed\"; drop one of the two");
    std::vector<double> breaks;
    for (const auto& item : list->as_array()) {
        breaks.push_back(item.as_number());
        if (breaks.size() > 1 && !(breaks.back() > breaks[breaks.size() - 2]))
            throw InputError(fmt::format("{}: {} does not follow {}", item.where(), shortest(breaks.back()),
                                         shortest(breaks[breaks.size() - 2])),
                             "give breaks in ascending order, such as [5, 10, 15]");
    }
    if (breaks.empty())
        throw InputError(fmt::format("{}: no break is given", list->where()), "add breaks = [5, 10, 15]");
    return breaks;
}

std::string breaks_line(const std::vector<double>& breaks) {
    std::vector<std::string> numbers;
    for (const double end : breaks)
        numbers.push_back(shortest(end));
    return breaks.empty() ? "" : fmt::format("breaks = [{}]\n", join_text(numbers, ", "));
}

}  // namespace tendik::plan
