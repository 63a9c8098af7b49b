#include "tools/tandem/commands.hpp"
#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/secrets.hpp"
#include "tools/tandem/state_folder.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

/// Standard input is no terminal here.
class ResetTest : public ::testing::Test {
protected:
    ResetTest() : state(fs::temp_directory_path() / ("tandem-reset-test-" + std::to_string(::getpid()))) {
        fs::create_directories(state);
        EXPECT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
    }
    ~ResetTest() override { fs::remove_all(state); }

    Shop shop() const {
        const Variables variables({}, {});
        return {.root = fs::current_path(),
                .programs = "/bin",
                .state = state,
                .variables = variables,
                .ports = Ports(variables),
                .secrets = {}};
    }
    void write(const fs::path& name) const {
        fs::create_directories((state / name).parent_path());
        write_file(state / name, "kept", 0600);
    }

    const fs::path state;
};

TEST_F(ResetTest, KeepsAFolderThatUpHasNotMade) {
    write("letters/thesis.txt");
    EXPECT_THROW(reset(shop(), true), Problem);
    write("secrets.env"); // somebody else's file of that name
    EXPECT_THROW(reset(shop(), true), Problem);
    EXPECT_EQ(read_file(state / "letters/thesis.txt"), "kept");
}

TEST_F(ResetTest, ThrowsAwayWhatUpHasMadeWhenItIsAgreed) {
    complete_secrets(state, Variables({}, {}));
    write("redis/dump.rdb");
    EXPECT_EQ(reset(shop(), true), 0);
    EXPECT_FALSE(fs::exists(state));
}

TEST_F(ResetTest, DeletesNothingUnaskedWhereNobodyCanBeAsked) {
    complete_secrets(state, Variables({}, {}));
    EXPECT_THROW(reset(shop(), false), Problem);
    EXPECT_TRUE(fs::exists(state / "secrets.env"));
}

TEST_F(ResetTest, TakesAFolderThatIsEmptyOrNotThere) {
    EXPECT_EQ(reset(shop(), true), 0);
    EXPECT_EQ(reset(shop(), true), 0);
    EXPECT_FALSE(fs::exists(state));
}

TEST_F(ResetTest, AFileOrASymbolicLinkToNowhereIsNoStateFolder) {
    write("a");
    EXPECT_THROW(refuse_foreign_folder(state / "a"), Problem);
    fs::create_symlink("nowhere", state / "b");
    EXPECT_THROW(refuse_foreign_folder(state / "b"), Problem);
}

} // namespace
} // namespace tandem::local
