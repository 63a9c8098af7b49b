#include "lab/auditor/report.hpp"
#include "lab/auditor/tests/generated_shop.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fmt/format.h>
#include <sys/resource.h>

namespace tandem::audit::tests {
namespace {

std::int64_t orders_wanted() {
    const char* wanted = std::getenv("AUDITOR_TEST_ORDERS");
    return wanted == nullptr ? 1'000 : std::atoll(wanted);
}

double cpu_s(const rusage& usage) {
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class LawfulShopTest : public ::testing::TestWithParam<Layout> {};

/// AUDITOR_TEST_ORDERS=1000000 measures: it prints how long the audit took, and what memory it needed.
TEST_P(LawfulShopTest, IsFoundLawful) {
    GeneratedShop shop(GetParam());
    shop.generate(orders_wanted());
    rusage before{};
    getrusage(RUSAGE_SELF, &before);
    const Audit audit = shop.audit();
    rusage after{};
    getrusage(RUSAGE_SELF, &after);
    fmt::print("{}\npeak memory {} MiB before, {} MiB after; {:.1f} s of CPU besides PostgreSQL's\n",
               to_table(audit),
               before.ru_maxrss / 1024,
               after.ru_maxrss / 1024,
               cpu_s(after) - cpu_s(before));
    EXPECT_EQ(verdict_of({audit}), Verdict::lawful) << to_table(audit);
    EXPECT_EQ(audit.findings.counts(Law::orders).at("orders"), orders_wanted());
    EXPECT_EQ(audit.findings.counts(Law::history).at("orders replayed"), orders_wanted());
    EXPECT_EQ(audit.findings.counts(Law::stock).at("products"), 100);
}

INSTANTIATE_TEST_SUITE_P(Both, LawfulShopTest, ::testing::Values(Layout::databases, Layout::schemas));

} // namespace
} // namespace tandem::audit::tests
