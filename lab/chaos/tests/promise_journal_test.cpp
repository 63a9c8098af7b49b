#include "lab/chaos/promise_journal.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <unistd.h>

namespace tandem::lab {
namespace {

/// A file of this process alone, gone at the end.
class JournalFile {
public:
    JournalFile()
        : path_(std::filesystem::temp_directory_path() / ("promises-" + std::to_string(::getpid()))) {}
    ~JournalFile() { std::filesystem::remove(path_); }
    const std::filesystem::path& path() const { return path_; }
    std::string content() const {
        std::ifstream stream(path_);
        return {std::istreambuf_iterator<char>(stream), {}};
    }

private:
    std::filesystem::path path_;
};

TEST(PromiseJournalTest, WhatIsKeptIsInTheFileAtOnce) {
    const JournalFile file;
    boost::asio::io_context context(1);
    PromiseJournal journal(context.get_executor(), file.path());
    testing::run(context, journal.keep("one"));
    EXPECT_EQ(file.content(), "one\n");
    testing::run(context, journal.keep("two"));
    EXPECT_EQ(file.content(), "one\ntwo\n");
    EXPECT_EQ(journal.kept(), 2);
}

TEST(PromiseJournalTest, WhatCannotBeWrittenIsNotKept) {
    boost::asio::io_context context(1);
    PromiseJournal journal(context.get_executor(), "/dev/full");
    EXPECT_THROW(testing::run(context, journal.keep("one")), std::runtime_error);
    EXPECT_EQ(journal.kept(), 0);
    EXPECT_THROW(PromiseJournal(context.get_executor(), "/nowhere/promises"), std::runtime_error);
}

TEST(PromiseJournalTest, ALastLineThatWasTornIsToldAndCutOff) {
    const JournalFile file;
    std::ofstream(file.path()) << "{\"order_id\":1}\n{\"order_id\":2}\n{\"order_i";
    const Journal journal = recover_journal(file.path());
    EXPECT_EQ(journal.lines, (std::vector<std::string>{"{\"order_id\":1}", "{\"order_id\":2}"}));
    EXPECT_EQ(journal.torn, "{\"order_i");
    EXPECT_EQ(file.content(), "{\"order_id\":1}\n{\"order_id\":2}\n");
}

TEST(PromiseJournalTest, AWholeFileStaysAsItIs) {
    const JournalFile file;
    std::ofstream(file.path()) << "one\n";
    EXPECT_EQ(recover_journal(file.path()).torn, "");
    EXPECT_EQ(file.content(), "one\n");
    EXPECT_TRUE(parse_journal("").lines.empty());
}

} // namespace
} // namespace tandem::lab
