#include "libs/async/task_group.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/testing/run.hpp"
#include "payment-provider/journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace tandem::provider {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class JournalTest : public ::testing::Test {
protected:
    ~JournalTest() override { std::filesystem::remove_all(folder); }

    /// A process's life: what it finds, adds and makes durable.
    std::vector<std::string> live(std::vector<Entry> added) {
        Ledger ledger(100);
        FileJournal journal(context.get_executor(), file, ledger);
        for (Entry& entry : added) {
            journal.append(to_json(ledger.add(entry)));
        }
        testing::run(context, journal.flush());
        std::vector<std::string> ids;
        for (const Entry* entry : ledger.page(0, 100)) {
            ids.push_back(entry->id());
        }
        return ids;
    }

    static Entry charge(std::int64_t order_id) {
        Entry entry;
        entry.order_id = order_id;
        entry.amount = Money::from_cents(1250);
        entry.payment_method = "credit_card";
        entry.idempotency_key = "charge \"" + std::to_string(order_id) + "\"";
        entry.fingerprint = ~std::uint64_t{0};
        entry.created_at = SystemClock().now();
        return entry;
    }
    static Entry refund(std::int64_t order_id, std::int64_t charge_sequence) {
        Entry entry = charge(order_id);
        entry.kind = Kind::refund;
        entry.charge = charge_sequence;
        entry.idempotency_key = "refund " + std::to_string(order_id);
        return entry;
    }

    void append_raw(std::string_view text) const { std::ofstream(file, std::ios::app) << text; }
    std::string failure() {
        try {
            live({});
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "";
    }

    boost::asio::io_context context;
    std::filesystem::path folder = std::filesystem::temp_directory_path() / ("ledger-" + uuid_v7());
    std::filesystem::path file = folder / "ledger.jsonl";
};

TEST_F(JournalTest, KeepsEntriesFromOneLifeToTheNext) {
    EXPECT_THAT(live({charge(7), charge(8)}), ElementsAre("ch_1", "ch_2"));
    EXPECT_THAT(live({refund(7, 1)}), ElementsAre("ch_1", "ch_2", "re_3"));

    Ledger ledger(100);
    const FileJournal journal(context.get_executor(), file, ledger);
    const Entry* const found = ledger.with_key("charge \"7\"");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->fingerprint, ~std::uint64_t{0});
    EXPECT_EQ(ledger.refunded(*found), found->amount);
    EXPECT_EQ(ledger.charges_of(8).size(), 1U);
}

TEST_F(JournalTest, RemovesALastLineThatACrashCutOff) {
    live({charge(7)});
    append_raw(R"({"sequence":2,"kind":"cha)");
    EXPECT_THAT(live({charge(8)}), ElementsAre("ch_1", "ch_2"));
    append_raw(std::string_view("\0\0\0\n", 4));
    EXPECT_THAT(live({charge(9)}), ElementsAre("ch_1", "ch_2", "ch_3"));
    EXPECT_THAT(live({}), ElementsAre("ch_1", "ch_2", "ch_3"));
}

TEST_F(JournalTest, RefusesAFileThatIsDamagedInTheMiddle) {
    live({charge(7)});
    append_raw("junk\n");
    append_raw(to_json(charge(8)) + "\n");
    EXPECT_THAT(failure(), HasSubstr("damaged at entry 2"));
}

TEST_F(JournalTest, RefusesAGapInTheSequence) {
    live({charge(7)});
    Entry late = charge(8);
    late.sequence = 5;
    append_raw(to_json(late) + "\n");
    EXPECT_THAT(failure(), HasSubstr("damaged at entry 2"));
}

TEST_F(JournalTest, BelongsToOneProcessAtATime) {
    Ledger ledger(100);
    const FileJournal journal(context.get_executor(), file, ledger);
    EXPECT_THAT(failure(), HasSubstr("in use"));
}

TEST_F(JournalTest, TasksThatFlushTogetherShareAWrite) {
    Ledger ledger(1000);
    FileJournal journal(context.get_executor(), file, ledger);
    async::TaskGroup tasks(context.get_executor());
    for (int i = 1; i <= 500; ++i) {
        journal.append(to_json(ledger.add(charge(i))));
        tasks.spawn("flush", journal.flush());
    }
    const auto begin = std::chrono::steady_clock::now();
    testing::run(context, tasks.join());
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(500));
}

} // namespace
} // namespace tandem::provider
