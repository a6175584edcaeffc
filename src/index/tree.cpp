#include "tendik/index/tree.h"

#include <algorithm>
#include <array>

namespace tendik {
namespace {

using std::string_view;

constexpr std::array<string_view, 6> normalisation_words{"min-max", "goalposts",  "z",
                                                         "rank",    "percentile", "target"};
constexpr std::array<string_view, 5> aggregation_words{"arithmetic", "geometric", "harmonic", "generalised",
                                                       "copeland"};
constexpr std::array<string_view, 4> weighting_words{"given", "equal", "pca", "random"};

template <class Choice, std::size_t count>
std::optional<Choice> choice_of(const std::array<string_view, count>& words, string_view text) {
    const auto found = std::ranges::find(words, text);
    if (found == words.end()) return std::nullopt;
    return static_cast<Choice>(found - words.begin());
}

}  // namespace

string_view to_text(Normalisation normalisation) {
    return normalisation_words.at(static_cast<std::size_t>(normalisation));
}
string_view to_text(Aggregation aggregation) {
    return aggregation_words.at(static_cast<std::size_t>(aggregation));
}
string_view to_text(Weighting weighting) { return weighting_words.at(static_cast<std::size_t>(weighting)); }

std::optional<Normalisation> normalisation_from_text(string_view text) {
    return choice_of<Normalisation>(normalisation_words, text);
}
std::optional<Aggregation> aggregation_from_text(string_view text) {
    return choice_of<Aggregation>(aggregation_words, text);
}
std::optional<Weighting> weighting_from_text(string_view text) {
    return choice_of<Weighting>(weighting_words, text);
}

}  // namespace tendik
