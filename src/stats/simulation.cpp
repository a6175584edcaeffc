#include "simulation.h"

#include "tendik/base/parallel.h"
#include "tendik/base/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tendik::stats {
namespace {

constexpr double lower_tail = 0.025;
constexpr double upper_tail = 0.975;
/// Draws without a value (a curve that does not settle) up to this share are left out; more say that the
/// interval is none.
constexpr double most_undefined = 0.05;
/// Draws made by one thread in one go.
constexpr std::size_t block_size = 50;

/// Measures of one set of draws: draw by draw, kind by kind.
struct Sheet {
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> third;
    std::vector<std::uint32_t> ranks;  ///< draw by draw, group by group
};

struct Bounds {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
};

Bounds bounds_of(const Groups& groups) {
    Bounds bounds;
    if (groups.least() >= 0.0) bounds.low = 0.0;
    if (groups.scale) bounds.high = *groups.scale;
    return bounds;
}

/// A normal number between the bounds, by the inverse of its distribution function; `centre` is between them.
double cut_normal(double centre, double error, const Bounds& bounds, RandomStream& random) {
    const double uniform = random.next_uniform();
    if (error == 0.0) return centre;
    constexpr double far = 9.0;  // errors; beyond there is no mass that a double could tell
    const double below = (bounds.low - centre) / error;
    const double above = (bounds.high - centre) / error;
    const double from = below < -far ? 0.0 : normal_probability(below);
    const double to = above > far ? 1.0 : normal_probability(above);
    constexpr double nearly_one = 1.0 - 0x1.0p-53;
    const double at =
        std::clamp(from + (to - from) * uniform, std::numeric_limits<double>::min(), nearly_one);
    return std::clamp(centre + error * normal_quantile(at), bounds.low, bounds.high);
}

class Drawer {
public:
    Drawer(const Groups& groups, std::span<const MeasureKind* const> kinds, const DrawOptions& options)
        : m_groups(groups),
          m_kinds(kinds),
          m_options(options),
          m_bounds(bounds_of(groups)) {
        m_sheet.first.resize(options.draws * kinds.size());
        m_sheet.second.resize(options.draws * kinds.size());
        m_sheet.third.resize(options.draws * kinds.size());
        m_sheet.ranks.resize(options.draws * groups.count());
    }

    Sheet run() {
        const std::size_t blocks = (m_options.draws + block_size - 1) / block_size;
        parallel_for(blocks, m_options.jobs, [this](std::size_t block) {
            Groups drawn = m_groups;
            Groups again = m_groups;
            const auto end = std::min(m_options.draws, (block + 1) * block_size);
            for (std::size_t draw = block * block_size; draw < end; ++draw)
                draw_once(draw, drawn, again);
        });
        return std::move(m_sheet);
    }

private:
    void draw_once(std::size_t draw, Groups& drawn, Groups& again) {
        RandomStream random(m_options.seed, 0, static_cast<std::uint32_t>(draw));
        redraw(m_groups, drawn, random);
        write(drawn, m_sheet.first, draw);
        for (std::size_t i = 0; i < drawn.count(); ++i)
            m_sheet.ranks[draw * drawn.count() + drawn.by_value[drawn.count() - 1 - i]] =
                static_cast<std::uint32_t>(i + 1);
        redraw(drawn, again, random);
        write(again, m_sheet.second, draw);
        redraw(drawn, again, random);
        write(again, m_sheet.third, draw);
    }
    void redraw(const Groups& centre, Groups& result, RandomStream& random) const {
        for (std::size_t k = 0; k < result.count(); ++k)
            result.value[k] = cut_normal(centre.value[k], m_groups.error[k], m_bounds, random);
        describe_values(result);
    }
    void write(const Groups& drawn, std::vector<double>& sheet, std::size_t draw) const {
        for (std::size_t i = 0; i < m_kinds.size(); ++i) {
            const double value = m_kinds[i]->value(drawn);
            sheet[draw * m_kinds.size() + i] = m_kinds[i]->logarithmic ? std::log(value) : value;
        }
    }

    const Groups& m_groups;
    std::span<const MeasureKind* const> m_kinds;
    const DrawOptions& m_options;
    Bounds m_bounds;
    Sheet m_sheet;
};

double mean_of(const std::vector<double>& numbers) {
    CompensatedSum sum;
    for (const double number : numbers)
        sum.add(number);
    return sum.value() / static_cast<double>(numbers.size());
}

double covariance_of(const std::vector<double>& a, const std::vector<double>& b) {
    const double mean_a = mean_of(a), mean_b = mean_of(b);
    CompensatedSum sum;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum.add((a[i] - mean_a) * (b[i] - mean_b));
    return sum.value() / static_cast<double>(a.size() - 1);
}

/// Linear between neighbours (R type 7) of ascending numbers.
double percentile(const std::vector<double>& ascending, double share) {
    const double place = share * static_cast<double>(ascending.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, ascending.size() - 1);
    return ascending[below] + (place - std::floor(place)) * (ascending[above] - ascending[below]);
}

std::optional<DrawnInterval> summarise(const MeasureKind& kind, double value, const Sheet& sheet,
                                       std::size_t column, std::size_t kind_count) {
    std::vector<double> draws, once, twice;
    const std::size_t draw_count = sheet.first.size() / kind_count;
    for (std::size_t row = 0; row < draw_count; ++row) {
        const std::size_t at = row * kind_count + column;
        if (!std::isfinite(sheet.first[at] + sheet.second[at] + sheet.third[at])) continue;
        draws.push_back(sheet.first[at]);
        once.push_back(2.0 * sheet.first[at] - sheet.second[at]);
        twice.push_back(2.0 * sheet.first[at] - sheet.third[at]);
    }
    const auto undefined = static_cast<double>(draw_count - draws.size());
    const double observed = kind.logarithmic ? std::log(value) : value;
    if (undefined > most_undefined * static_cast<double>(draw_count) || draws.size() < 2 ||
        !std::isfinite(observed))
        return std::nullopt;
    DrawnInterval interval;
    interval.se = std::sqrt(covariance_of(draws, draws));
    const double corrected = std::sqrt(std::max(0.0, covariance_of(once, twice)));
    const double widening = interval.se > 0.0 ? std::max(1.0, corrected / interval.se) : 1.0;
    const double mean = mean_of(draws);
    const double centre = 2.0 * observed - mean;
    std::ranges::sort(draws);
    const double low = percentile(draws, lower_tail), high = percentile(draws, upper_tail);
    const auto back = [&](double number) { return kind.logarithmic ? std::exp(number) : number; };
    const auto cut = [&](double number) { return std::max(kind.floor, back(number)); };
    interval.bias = value - back(centre);
    interval.debiased = cut(centre);
    interval.lower = cut(centre + widening * (low - mean));
    interval.upper = cut(centre + widening * (high - mean));
    interval.plain_lower = back(low);
    interval.plain_upper = back(high);
    return interval;
}

std::pair<std::size_t, std::size_t> rank_interval(const Sheet& sheet, std::size_t group, std::size_t count) {
    std::vector<std::uint32_t> ranks;
    for (std::size_t at = group; at < sheet.ranks.size(); at += count)
        ranks.push_back(sheet.ranks[at]);
    std::ranges::sort(ranks);
    const auto last = static_cast<double>(ranks.size() - 1);
    return {ranks[static_cast<std::size_t>(std::floor(lower_tail * last))],
            ranks[static_cast<std::size_t>(std::ceil(upper_tail * last))]};
}

}  // namespace

Drawn draw_intervals(const Groups& groups, std::span<const MeasureKind* const> kinds,
                     const DrawOptions& options) {
    const auto sheet = Drawer(groups, kinds, options).run();
    Drawn drawn;
    for (std::size_t i = 0; i < kinds.size(); ++i)
        drawn.measures.push_back(summarise(*kinds[i], kinds[i]->value(groups), sheet, i, kinds.size()));
    for (std::size_t k = 0; k < groups.count(); ++k)
        drawn.ranks.push_back(rank_interval(sheet, k, groups.count()));
    return drawn;
}

}  // namespace tendik::stats
