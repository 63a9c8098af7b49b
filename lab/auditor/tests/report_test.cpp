#include "lab/auditor/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::audit::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Audit audit_with(std::int64_t violations, Needs needs, Calm calm) {
    Audit audit{.architecture = "microservices", .calm = calm, .what_moves = "outbox of payment holds 3"};
    audit.findings = Findings(25);
    for (std::int64_t i = 0; i < violations; ++i) {
        audit.findings.violate({Law::money,
                                needs,
                                "charged_twice",
                                "order " + std::to_string(i) + " was charged 2 times",
                                {{"ledger", "2 charges"}}});
    }
    return audit;
}

TEST(ReportTest, ShowsTheFirstTwentyAndCountsTheOthers) {
    const std::string table = to_table(audit_with(30, Needs::nothing, Calm::at_rest));
    EXPECT_THAT(table, HasSubstr("VIOLATED 30 times"));
    EXPECT_THAT(table, HasSubstr("order 19 was charged"));
    EXPECT_THAT(table, Not(HasSubstr("order 20 was charged")));
    EXPECT_THAT(table, HasSubstr("and 10 more"));
    EXPECT_THAT(table, HasSubstr("ledger: 2 charges"));
}

TEST(ReportTest, KeepsSoManyForProgramsAndTellsHowManyThereWere) {
    const std::string json = to_json({audit_with(30, Needs::nothing, Calm::at_rest)});
    EXPECT_THAT(json, HasSubstr(R"("verdict":"violated")"));
    EXPECT_THAT(json, HasSubstr(R"("violations_found":30)"));
    EXPECT_THAT(json, HasSubstr("order 24 was charged"));
    EXPECT_THAT(json, Not(HasSubstr("order 25 was charged")));
}

TEST(ReportTest, SaysWhatCannotBeJudgedWithoutRest) {
    const Audit moving = audit_with(1, Needs::rest, Calm::moving);
    EXPECT_EQ(verdict_of({moving}), Verdict::unjudged);
    EXPECT_THAT(to_table(moving), HasSubstr("NOT at rest: outbox of payment holds 3"));
    EXPECT_THAT(to_table(moving), HasSubstr("holds where it can be judged without rest"));
}

TEST(ReportTest, CallsWhatWaitsAViolationOnlyWhenItWasWaitedFor) {
    EXPECT_EQ(verdict_of({audit_with(1, Needs::patience, Calm::moving)}), Verdict::unjudged);
    EXPECT_EQ(verdict_of({audit_with(1, Needs::patience, Calm::stuck)}), Verdict::violated);
    EXPECT_EQ(verdict_of({audit_with(1, Needs::patience, Calm::at_rest)}), Verdict::lawful);
}

TEST(ReportTest, TellsProgramsWhyItCouldNotLook) {
    EXPECT_EQ(to_json(Unreadable("the order database cannot be reached")),
              R"({"verdict":"unreadable","why":"the order database cannot be reached"})");
}

TEST(ReportTest, LetsOneShopSpoilTheVerdict) {
    const Audit lawful = audit_with(0, Needs::nothing, Calm::at_rest);
    EXPECT_EQ(verdict_of({lawful}), Verdict::lawful);
    EXPECT_EQ(verdict_of({lawful, audit_with(1, Needs::nothing, Calm::moving)}), Verdict::violated);
}

} // namespace
} // namespace tandem::audit::tests
