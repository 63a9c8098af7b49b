#include "libs/auth/base64url.hpp"
#include "libs/auth/p256_key.hpp"
#include "libs/auth/token.hpp"
#include "libs/json/json.hpp"

#include <gtest/gtest.h>

#include <array>
#include <openssl/hmac.h>

namespace tandem::auth {
namespace {

using namespace std::chrono_literals;

class TokenTest : public ::testing::Test {
protected:
    const Timestamp now = parse_rfc3339("2026-11-23T12:00:00Z").value();
    const SigningKey key = SigningKey::generate();
    const KeySet::Expectation expected{.issuer = "tandem", .audience = "tandem-shop"};
    SigningKey::Claims claims{.principal = {.user_id = 42, .email = "a@b.example", .role = Role::admin},
                              .issuer = "tandem",
                              .audience = "tandem-shop",
                              .issued_at = now,
                              .expires_at = now + 15min,
                              .token_id = "t-1"};
    const std::shared_ptr<const KeySet> keys = KeySet::parse(jwks_document({key.public_jwk()})).value();

    Result<std::pair<Principal, Timestamp>> verify(std::string_view token) const {
        return keys->verify(token, expected, now);
    }

    void expect_refused(std::string_view token) const {
        const auto verdict = verify(token);
        ASSERT_FALSE(verdict.has_value()) << token;
        EXPECT_EQ(verdict.error().kind(), ErrorKind::unauthenticated);
    }

    /// A token whose parts we choose, signed with the right key.
    std::string forged(std::string_view header, std::string_view payload) const {
        const std::string text = base64url_encode(header) + "." + base64url_encode(payload);
        return text + "." + base64url_encode(P256Key::from_pem(key.to_pem()).sign(text));
    }

    std::string header() const { return R"({"alg":"ES256","kid":")" + key.kid() + "\"}"; }
    std::string payload(std::string_view token) const {
        const auto first = token.find('.');
        return base64url_decode(token.substr(first + 1, token.rfind('.') - first - 1)).value();
    }
};

TEST_F(TokenTest, WhatItSignsItVerifies) {
    const auto verdict = verify(key.sign(claims));
    ASSERT_TRUE(verdict.has_value()) << verdict.error().message();
    EXPECT_EQ(verdict->first.user_id, 42);
    EXPECT_EQ(verdict->first.email, "a@b.example");
    EXPECT_EQ(verdict->first.role, Role::admin);
    EXPECT_EQ(verdict->second, now + 15min);
}

TEST_F(TokenTest, CarriesTheClaimsOfTheContract) {
    EXPECT_EQ(
        payload(key.sign(claims)),
        R"({"sub":"42","user_id":42,"email":"a@b.example","role":"admin","iss":"tandem","aud":"tandem-shop",)"
        R"("iat":1795435200,"exp":1795436100,"jti":"t-1"})");
    EXPECT_EQ(KeySet::kid_of(key.sign(claims)), key.kid());
}

TEST_F(TokenTest, SurvivesTheKeysWayThroughAPemFile) {
    const SigningKey again = SigningKey::from_pem(key.to_pem());
    EXPECT_EQ(again.kid(), key.kid());
    EXPECT_TRUE(verify(again.sign(claims)).has_value());
}

TEST_F(TokenTest, RefusesNoneAndHmacWithThePublicKey) {
    const std::string body = payload(key.sign(claims));
    for (const std::string alg : {"none", "None", "NONE", "", "HS256", "ES384", "RS256", "es256"}) {
        const std::string head = R"({"alg":")" + alg + R"(","kid":")" + key.kid() + "\"}";
        expect_refused(forged(head, body));
        expect_refused(base64url_encode(head) + "." + base64url_encode(body) + ".");
    }
    const std::string head = R"({"alg":"HS256","kid":")" + key.kid() + "\"}";
    const std::string text = base64url_encode(head) + "." + base64url_encode(body);
    for (const std::string& secret : {key.public_jwk(), std::string()}) {
        std::array<unsigned char, 32> mac{};
        unsigned int size = 0;
        HMAC(EVP_sha256(),
             secret.data(),
             static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(text.data()),
             text.size(),
             mac.data(),
             &size);
        expect_refused(text + "." + base64url_encode({reinterpret_cast<const char*>(mac.data()), size}));
    }
}

TEST_F(TokenTest, RefusesAnotherKeyUnderTheSameKid) {
    const SigningKey stranger = SigningKey::generate();
    expect_refused(stranger.sign(claims));
    const std::string text = base64url_encode(header()) + "." + base64url_encode(payload(key.sign(claims)));
    expect_refused(text + "." + base64url_encode(P256Key::from_pem(stranger.to_pem()).sign(text)));
    expect_refused(forged(R"({"alg":"ES256","kid":"other"})", payload(key.sign(claims))));
    expect_refused(forged(R"({"alg":"ES256"})", payload(key.sign(claims))));
}

TEST_F(TokenTest, RefusesAnotherIssuerOrAudience) {
    auto other = claims;
    other.issuer = "someone";
    expect_refused(key.sign(other));
    other = claims;
    other.audience = "tandem-shop2";
    expect_refused(key.sign(other));
}

TEST_F(TokenTest, ExpiresWithALeewayOfFiveSeconds) {
    auto late = claims;
    late.issued_at = now - 1h;
    late.expires_at = now - 4s;
    EXPECT_TRUE(verify(key.sign(late)).has_value());
    late.expires_at = now - 5s;
    expect_refused(key.sign(late));
    EXPECT_EQ(verify(key.sign(late)).error().message(), "The access token has expired.");
}

TEST_F(TokenTest, RefusesTokensFromTheFuture) {
    auto early = claims;
    early.issued_at = now + 5s;
    EXPECT_TRUE(verify(key.sign(early)).has_value());
    early.issued_at = now + 6s;
    expect_refused(key.sign(early));
}

TEST_F(TokenTest, RefusesClaimsThatAreMissingWrongOrContradictEachOther) {
    const auto body = [](std::string_view sub, std::string_view role, std::string_view exp) {
        return R"({"sub":)" + std::string(sub) + R"(,"user_id":42,"email":"e","role":)" + std::string(role) +
               R"(,"iss":"tandem","aud":"tandem-shop","iat":1795435200,"exp":)" + std::string(exp) + "}";
    };
    EXPECT_TRUE(verify(forged(header(), body("\"42\"", "\"customer\"", "1795436100"))).has_value());
    expect_refused(forged(header(), body("\"43\"", "\"customer\"", "1795436100")));
    expect_refused(forged(header(), body("42", "\"customer\"", "1795436100")));
    expect_refused(forged(header(), body("\"42\"", "\"root\"", "1795436100")));
    expect_refused(forged(header(), body("\"42\"", "\"customer\"", "9223372036854775807")));
    expect_refused(forged(header(), body("\"42\"", "\"customer\"", "-1")));
    expect_refused(forged(header(), body("\"42\"", "\"customer\"", "1e12")));
    expect_refused(forged(header(), "{}"));
    expect_refused(forged(header(), "[]"));
    expect_refused(forged(header(), "not json"));
    expect_refused(forged(R"({"alg":"ES256","crit":["exp"],"kid":")" + key.kid() + "\"}",
                          body("\"42\"", "\"customer\"", "1795436100")));
}

TEST_F(TokenTest, RefusesEveryChangeOfOneCharacter) {
    const std::string token = key.sign(claims);
    for (std::size_t at = 0; at < token.size(); ++at) {
        std::string bad = token;
        bad[at] = bad[at] == 'A' ? 'B' : 'A';
        expect_refused(bad);
        bad[at] = '\xFF';
        expect_refused(bad);
    }
}

TEST_F(TokenTest, RefusesWhatIsNotThreeParts) {
    const std::string token = key.sign(claims);
    using namespace std::string_literals;
    for (const std::string& bad : {""s,
                                   "."s,
                                   ".."s,
                                   "..."s,
                                   token + ".",
                                   "." + token,
                                   token + ".x",
                                   token + "=",
                                   " " + token,
                                   token + "\n",
                                   token.substr(0, token.rfind('.')),
                                   token + token,
                                   std::string(1U << 20U, 'A'),
                                   std::string(9'000, '.'),
                                   "\0\0\0"s,
                                   "\x80\x81.\x82.\x83"s}) {
        expect_refused(bad);
        EXPECT_NO_THROW(KeySet::kid_of(bad));
    }
    for (std::size_t length = 0; length < token.size(); ++length) {
        expect_refused(std::string_view(token).substr(0, length));
    }
}

TEST(KeySetTest, LeavesOutKeysThatAreNotForSigningOnP256) {
    const SigningKey good = SigningKey::generate();
    const auto set = KeySet::parse(jwks_document({
        R"({"kty":"RSA","kid":"rsa","n":"AQAB","e":"AQAB"})",
        R"({"kty":"EC","crv":"P-256","x":"AA","y":"AA","kid":"short"})",
        R"({"kty":"EC","crv":"P-256","x":5,"y":[],"kid":"typed"})",
        R"({"kty":"oct","k":"c2VjcmV0","kid":"oct"})",
        "null",
        good.public_jwk(),
    }));
    ASSERT_TRUE(set.has_value());
    for (const std::string_view kid : {"rsa", "short", "typed", "oct", ""}) {
        EXPECT_FALSE((*set)->has(kid)) << kid;
    }
    EXPECT_TRUE((*set)->has(good.kid()));
}

TEST(KeySetTest, RefusesADocumentThatIsNoKeySet) {
    for (const std::string_view text : {"", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[", "<html>"}) {
        EXPECT_FALSE(KeySet::parse(text).has_value()) << text;
    }
}

} // namespace
} // namespace tandem::auth
