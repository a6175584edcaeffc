#include "tendik/base/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <span>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace tendik {
namespace {

struct Product {
    std::uint32_t high = 0;
    std::uint32_t low = 0;
};

Product multiply(std::uint32_t a, std::uint32_t b) {
    const auto product = std::uint64_t{a} * b;
    return {static_cast<std::uint32_t>(product >> 32U), static_cast<std::uint32_t>(product)};
}

/// Coefficients from the lowest power on.
double polynomial(std::span<const double> coefficients, double x) {
    double value = 0.0;
    for (std::size_t i = coefficients.size(); i-- > 0;)
        value = value * x + coefficients[i];
    return value;
}

// AS 241 (PPND16): three pairs of rational approximations, for the middle, the flanks and the far tails.
constexpr std::array middle_above{
    3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3};
constexpr std::array middle_below{1.0,
                                  4.2313330701600911252e+1,
                                  6.8718700749205790830e+2,
                                  5.3941960214247511077e+3,
                                  2.1213794301586595867e+4,
                                  3.9307895800092710610e+4,
                                  2.8729085735721942674e+4,
                                  5.2264952788528545610e+3};
constexpr std::array flank_above{1.42343711074968357734e0,  4.63033784615654529590e0,
                                 5.76949722146069140550e0,  3.64784832476320460504e0,
                                 1.27045825245236838258e0,  2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
constexpr std::array flank_below{1.0,
                                 2.05319162663775882187e0,
                                 1.67638483018380384940e0,
                                 6.89767334985100004550e-1,
                                 1.48103976427480074590e-1,
                                 1.51986665636164571966e-2,
                                 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
constexpr std::array tail_above{6.65790464350110377720e0,  5.46378491116411436990e0,
                                1.78482653991729133580e0,  2.96560571828504891230e-1,
                                2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
constexpr std::array tail_below{1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

constexpr std::uint32_t multiplier_0 = 0xD2511F53U;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57U;
constexpr Key weyl{0x9E3779B9U, 0xBB67AE85U};
constexpr int rounds = 10;

using FourCounters = std::array<Counter, 4>;
using FourBlocks = std::span<std::uint32_t, 16>;

/// The counter of the block that is `blocks` further on.
Counter advanced(Counter counter, std::uint32_t blocks) {
    counter[0] += blocks;
    if (counter[0] < blocks) ++counter[1];
    return counter;
}

void four_blocks_in_turn(const FourCounters& counters, const Key& key, FourBlocks drawn) {
    for (std::size_t block = 0; block < counters.size(); ++block)
        std::ranges::copy(philox(counters[block], key),
                          drawn.begin() + static_cast<std::ptrdiff_t>(4 * block));
}

#ifdef __x86_64__
/// Word `word` of the counters of four blocks, each in 64 bits, of which a product reads the lower half only.
[[gnu::target("avx2")]] __m256i four_words(const FourCounters& counters, std::size_t word) {
    return _mm256_setr_epi64x(counters[0][word], counters[1][word], counters[2][word], counters[3][word]);
}

/// The same numbers with the four blocks in the lanes of a register.
[[gnu::target("avx2")]] void four_blocks_side_by_side(const FourCounters& counters, const Key& key,
                                                      FourBlocks drawn) {
    auto a = four_words(counters, 0), b = four_words(counters, 1);
    auto c = four_words(counters, 2), d = four_words(counters, 3);
    const auto times_0 = _mm256_set1_epi64x(multiplier_0), times_1 = _mm256_set1_epi64x(multiplier_1);
    auto key_0 = _mm256_set1_epi64x(key[0]), key_1 = _mm256_set1_epi64x(key[1]);
    const auto step_0 = _mm256_set1_epi64x(weyl[0]), step_1 = _mm256_set1_epi64x(weyl[1]);
    for (int round = 0; round < rounds; ++round) {
        const auto low_0 = _mm256_mul_epu32(a, times_0), low_1 = _mm256_mul_epu32(c, times_1);
        const auto high_0 = _mm256_srli_epi64(low_0, 32), high_1 = _mm256_srli_epi64(low_1, 32);
        a = _mm256_xor_si256(high_1, _mm256_xor_si256(b, key_0));
        c = _mm256_xor_si256(high_0, _mm256_xor_si256(d, key_1));
        b = low_1;
        d = low_0;
        key_0 = _mm256_add_epi32(key_0, step_0);
        key_1 = _mm256_add_epi32(key_1, step_1);
    }
    // The lower halves of a b and of c d in one lane of 64 bits each, then block after block.
    const auto ab = _mm256_blend_epi32(a, _mm256_slli_epi64(b, 32), 0xAA);
    const auto cd = _mm256_blend_epi32(c, _mm256_slli_epi64(d, 32), 0xAA);
    const auto even = _mm256_unpacklo_epi64(ab, cd), odd = _mm256_unpackhi_epi64(ab, cd);
    auto* out = reinterpret_cast<__m256i*>(drawn.data());
    _mm256_storeu_si256(out, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256(out + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}
#endif

void four_blocks(const FourCounters& counters, const Key& key, FourBlocks drawn) {
#ifdef __x86_64__
    static const bool wide = __builtin_cpu_supports("avx2");
    if (wide) return four_blocks_side_by_side(counters, key, drawn);
#endif
    four_blocks_in_turn(counters, key, drawn);
}

Key key_of(std::uint64_t seed) {
    return {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)};
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < rounds; ++round) {
        const auto first = multiply(multiplier_0, counter[0]);
        const auto second = multiply(multiplier_1, counter[2]);
        counter = {second.high ^ counter[1] ^ key[0], second.low, first.high ^ counter[3] ^ key[1],
                   first.low};
        key[0] += weyl[0];
        key[1] += weyl[1];
    }
    return counter;
}

RandomStream::RandomStream(std::uint64_t seed, std::uint32_t stream, std::uint32_t substream) noexcept
    : m_key(key_of(seed)),
      m_counter{0, 0, stream, substream} {}

void RandomStream::refill() noexcept {
    four_blocks({m_counter, advanced(m_counter, 1), advanced(m_counter, 2), advanced(m_counter, 3)}, m_key,
                m_ready);
    m_counter = advanced(m_counter, 4);
    m_used = 0;
}

void draw_first(std::uint64_t seed, std::uint32_t stream, std::uint32_t substream, std::uint32_t blocks,
                std::span<std::uint32_t> drawn) {
    const auto count = static_cast<std::uint32_t>(drawn.size() / 4);
    assert(drawn.size() % 4 == 0 && count % blocks == 0);
    Counter next{0, 0, stream, substream};
    FourCounters counters{};
    std::array<std::uint32_t, 16> last{};
    for (std::uint32_t block = 0; block < count; block += 4) {
        for (auto& counter : counters) {
            counter = next;
            if (++next[0] < blocks) continue;
            next[0] = 0;
            ++next[3];
        }
        const auto room = drawn.subspan(std::size_t{4} * block);
        if (room.size() >= last.size()) {
            four_blocks(counters, key_of(seed), room.first<16>());
            continue;
        }
        four_blocks(counters, key_of(seed), last);
        std::ranges::copy(std::span(last).first(room.size()), room.begin());
    }
}

double RandomStream::next_uniform() noexcept {
    const auto high = std::uint64_t{next_bits()} >> 6U;
    const auto low = std::uint64_t{next_bits()} >> 6U;
    // 52 bits and a half step: exact in a double, and never 0 or 1.
    return (static_cast<double>((high << 26U) | low) + 0.5) * 0x1.0p-52;
}

double RandomStream::next_normal() noexcept { return normal_quantile(next_uniform()); }

double normal_probability(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double normal_quantile(double p) {
    assert(p > 0.0 && p < 1.0);
    const double from_middle = p - 0.5;
    if (std::abs(from_middle) <= 0.425) {
        const double r = 0.180625 - from_middle * from_middle;
        return from_middle * polynomial(middle_above, r) / polynomial(middle_below, r);
    }
    const double r = std::sqrt(-std::log(from_middle < 0.0 ? p : 1.0 - p));
    const double size = r <= 5.0 ? polynomial(flank_above, r - 1.6) / polynomial(flank_below, r - 1.6)
                                 : polynomial(tail_above, r - 5.0) / polynomial(tail_below, r - 5.0);
    return from_middle < 0.0 ? -size : size;
}

}  // namespace tendik
