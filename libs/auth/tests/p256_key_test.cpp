#include "libs/auth/base64url.hpp"
#include "libs/auth/jwk.hpp"
#include "libs/auth/p256_key.hpp"

#include <gtest/gtest.h>

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <stdexcept>

namespace tandem::auth {
namespace {

std::string decoded(std::string_view text) {
    return base64url_decode(text).value();
}

// RFC 7515, appendix A.3.
constexpr std::string_view x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
constexpr std::string_view y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
constexpr std::string_view signed_text =
    "eyJhbGciOiJFUzI1NiJ9."
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr std::string_view signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

std::string pem_on_p384() {
    EVP_PKEY* key = EVP_EC_gen("P-384");
    BIO* sink = BIO_new(BIO_s_mem());
    PEM_write_bio_PKCS8PrivateKey(sink, key, nullptr, nullptr, 0, nullptr, nullptr);
    char* text = nullptr;
    const long size = BIO_get_mem_data(sink, &text);
    std::string pem(text, static_cast<std::size_t>(size));
    BIO_free(sink);
    EVP_PKEY_free(key);
    return pem;
}

TEST(P256KeyTest, VerifiesTheExampleOfRfc7515) {
    const auto key = P256Key::from_point(decoded(x), decoded(y));
    ASSERT_TRUE(key.has_value());
    EXPECT_TRUE(key->verifies(signed_text, decoded(signature)));
    EXPECT_FALSE(key->verifies(std::string(signed_text) + "x", decoded(signature)));
    EXPECT_EQ(base64url_encode(key->x()), x);
    EXPECT_EQ(base64url_encode(key->y()), y);
}

TEST(P256KeyTest, RefusesEverySignatureOfWrongForm) {
    const auto key = P256Key::from_point(decoded(x), decoded(y)).value();
    const std::string good = decoded(signature);
    EXPECT_FALSE(key.verifies(signed_text, ""));
    EXPECT_FALSE(key.verifies(signed_text, good.substr(1)));
    EXPECT_FALSE(key.verifies(signed_text, good + good));
    EXPECT_FALSE(key.verifies(signed_text, std::string(64, '\0')));
    EXPECT_FALSE(key.verifies(signed_text, std::string(64, '\xFF')));
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = static_cast<char>(bad[at] ^ 1);
        EXPECT_FALSE(key.verifies(signed_text, bad)) << at;
    }
}

TEST(P256KeyTest, TakesOnlyPointsOfTheCurve) {
    std::string off = decoded(y);
    off.back() = static_cast<char>(off.back() ^ 1);
    EXPECT_FALSE(P256Key::from_point(decoded(x), off).has_value());
    EXPECT_FALSE(P256Key::from_point(std::string(32, '\0'), std::string(32, '\0')).has_value());
    EXPECT_FALSE(P256Key::from_point(decoded(x), decoded(y).substr(1)).has_value());
}

TEST(P256KeyTest, SignsInSixtyFourBytesWhatItVerifies) {
    const P256Key key = P256Key::generate();
    for (int i = 0; i < 50; ++i) { // r or s begins with a zero byte in one of 128
        const std::string message = std::to_string(i);
        const std::string made = key.sign(message);
        ASSERT_EQ(made.size(), 64u);
        EXPECT_TRUE(key.verifies(message, made));
        EXPECT_FALSE(P256Key::generate().verifies(message, made));
    }
}

TEST(P256KeyTest, ComesBackFromItsPem) {
    const P256Key key = P256Key::generate();
    const P256Key again = P256Key::from_pem(key.to_pem());
    EXPECT_TRUE(key.to_pem().starts_with("-----BEGIN PRIVATE KEY-----"));
    EXPECT_EQ(again.x(), key.x());
    EXPECT_TRUE(key.verifies("m", again.sign("m")));
}

TEST(P256KeyTest, RefusesWhatIsNoP256Key) {
    const std::string broken = "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n";
    EXPECT_THROW(P256Key::from_pem(""), std::runtime_error);
    EXPECT_THROW(P256Key::from_pem("no PEM"), std::runtime_error);
    EXPECT_THROW(P256Key::from_pem(broken), std::runtime_error);
    EXPECT_THROW(P256Key::from_pem(pem_on_p384()), std::runtime_error);
}

TEST(ThumbprintTest, MatchesRfc7638AndRfc8037) {
    EXPECT_EQ(
        thumbprint_of(R"({"crv":"Ed25519","kty":"OKP","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})"),
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    EXPECT_EQ(thumbprint_of(
                  R"({"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbb)"
                  R"(fAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBX)"
                  R"(Arwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6q)"
                  R"(MQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniI)"
                  R"(qbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"})"),
              "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
}

} // namespace
} // namespace tandem::auth
