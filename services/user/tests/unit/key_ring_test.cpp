#include "services/user/infrastructure/key_ring.hpp"
#include "services/user/infrastructure/signed_tokens.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>

namespace tandem::user {
namespace {

using namespace std::chrono_literals;

class KeyRingTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "key-ring-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        folder = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::string path(const std::string& name) const { return (folder / name).string(); }
    void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }

    std::filesystem::path folder;
};

TEST_F(KeyRingTest, MakesTheKeyOnceForTheOwnersEyesOnly) {
    const KeyRing first = KeyRing::load({path("keys/signing.pem")});
    const KeyRing again = KeyRing::load({path("keys/signing.pem")});
    EXPECT_EQ(first.signing_key().kid(), again.signing_key().kid());

    struct stat info{};
    ASSERT_EQ(::stat(path("keys/signing.pem").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777U, 0600U);
    const auto files = std::filesystem::directory_iterator(folder / "keys");
    EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(KeyRingTest, InstancesThatStartTogetherShareOneKey) {
    std::vector<std::string> kids(8);
    {
        std::vector<std::jthread> instances;
        for (std::string& kid : kids) {
            instances.emplace_back([&] { kid = KeyRing::load({path("signing.pem")}).signing_key().kid(); });
        }
    }
    EXPECT_EQ(std::set<std::string>(kids.begin(), kids.end()).size(), 1u);
}

TEST_F(KeyRingTest, TheFirstKeySignsAndAllArePublished) {
    const auth::SigningKey old = auth::SigningKey::generate();
    write("old.pem", old.to_pem());
    const KeyRing ring = KeyRing::load({path("new.pem"), path("old.pem")});
    const auto published = auth::KeySet::parse(ring.jwks()).value();
    EXPECT_NE(ring.signing_key().kid(), old.kid());
    EXPECT_TRUE(published->has(ring.signing_key().kid()));
    EXPECT_TRUE(published->has(old.kid()));
    EXPECT_EQ(ring.jwks().find("\"d\""), std::string::npos);
}

TEST_F(KeyRingTest, RefusesFilesThatHoldNoKey) {
    write("bad.pem", "not a key");
    EXPECT_THROW(KeyRing::load({path("bad.pem")}), std::runtime_error);
    EXPECT_THROW(KeyRing::load({path("new.pem"), path("absent.pem")}), std::runtime_error);
    EXPECT_THROW(KeyRing::load({}), std::runtime_error);
}

TEST_F(KeyRingTest, ItsTokensSayWhoTheUserIs) {
    const KeyRing ring = KeyRing::load({path("signing.pem")});
    SignedTokens tokens(ring, "tandem", "tandem-shop");
    const User admin{
        UserId(7), EmailAddress::parse("root@example.com").value(), "Root", Role::admin, Timestamp()};
    const Timestamp now = SystemClock().now();
    const auto verified = auth::KeySet::parse(ring.jwks())
                              .value()
                              ->verify(tokens.access_token(admin, now, 15min),
                                       {.issuer = "tandem", .audience = "tandem-shop"},
                                       now);
    ASSERT_TRUE(verified.has_value());
    EXPECT_EQ(verified->first.user_id, 7);
    EXPECT_TRUE(verified->first.is_admin());
}

TEST_F(KeyRingTest, RefreshTokensAreRandomAndTheirFingerprintsHideThem) {
    const KeyRing ring = KeyRing::load({path("signing.pem")});
    SignedTokens tokens(ring, "tandem", "tandem-shop");
    const std::string token = tokens.refresh_token();
    EXPECT_EQ(token.size(), 64u);
    EXPECT_NE(token, tokens.refresh_token());
    EXPECT_EQ(tokens.fingerprint(token), tokens.fingerprint(token));
    EXPECT_EQ(tokens.fingerprint("abc"),
              "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"); // FIPS 180-2, appendix B.1
}

} // namespace
} // namespace tandem::user
