#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

class FilesTest : public ::testing::Test {
protected:
    FilesTest() : folder(fs::temp_directory_path() / ("tandem-files-test-" + std::to_string(::getpid()))) {
        fs::create_directories(folder);
    }
    ~FilesTest() override { fs::remove_all(folder); }

    const fs::path folder;
};

TEST_F(FilesTest, AreWrittenForTheOwnerOnlyWhenAsked) {
    write_file(folder / "secret", "a", 0600);
    write_file(folder / "secret", "b", 0600);

    EXPECT_EQ(read_file(folder / "secret"), "b");
    EXPECT_EQ(fs::status(folder / "secret").permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_FALSE(fs::exists(folder / "secret.new"));
}

TEST_F(FilesTest, ThatCannotBeReadOrWrittenAreNamed) {
    EXPECT_THROW(read_file(folder / "absent"), Problem);
    EXPECT_THROW(write_file(folder / "absent" / "file", "", 0600), Problem);
    EXPECT_EQ(log_end(folder / "absent", 3), "");
    EXPECT_EQ(modified_s(folder / "absent"), 0);
}

TEST_F(FilesTest, OfALogShowTheirEndWithoutHealthChecks) {
    write_file(folder / "log",
               "one\ntwo\n{\"path\":\"/health/ready\"}\nthree\n" + std::string(1000, 'x') + "\n",
               0600);

    EXPECT_EQ(log_end(folder / "log", 2), "three\n" + std::string(300, 'x') + "...");
    EXPECT_EQ(log_end(folder / "log", 3), "two\nthree\n" + std::string(300, 'x') + "...");
}

} // namespace
} // namespace tandem::local
