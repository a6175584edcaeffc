// Digests and compression.
#include "tendik/base/deflate.h"
#include "tendik/base/digest.h"
#include "tendik/base/error.h"

#include <gtest/gtest.h>

#include <string>

namespace tendik {
namespace {

TEST(Digest, IsThatOfTheStandard) {
    // FIPS 180-2, appendix B.1: SHA-256 of "abc".
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(quick_digest("abc"), quick_digest("abc"));
    EXPECT_NE(quick_digest("abc"), quick_digest("abd"));
}

TEST(Gzip, UnfoldsToWhatWentIn) {
    const std::string text(100'000, 'x');
    const auto packed = gzip(text);
    EXPECT_LT(packed.size(), 1000U);
    EXPECT_EQ(gunzip(packed), text);
    EXPECT_EQ(gzip(text), packed);
    // RFC 1952, 2.3.1: bytes 4 to 7 are the time, zero means none.
    EXPECT_EQ(packed.substr(4, 4), std::string(4, '\0'));
}

TEST(Gzip, RefusesDamageAndMoreThanAllowed) {
    std::string text;
    for (int number = 0; number < 20'000; ++number)
        text += std::to_string(number);
    auto packed = gzip(text);
    EXPECT_THROW(gunzip(packed, 50'000), InputError);
    packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
    EXPECT_THROW(gunzip(packed), InputError);
    EXPECT_THROW(gunzip("no gzip at all"), InputError);
}

TEST(Base64, IsThatOfTheStandard) {
    // RFC 4648, section 10.
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

}  // namespace
}  // namespace tendik
