#include "lab/chaos/findings.hpp"

#include <gtest/gtest.h>

namespace tandem::lab {
namespace {

const std::vector<FaultRecord> one_fault{{.name = "kill gateway"}};
const Judgement lawful{.exit_code = 0};
constexpr auto lost =
    R"({"verdict":"violated","audits":[{"architecture":"microservices","calm":"at_rest","laws":[
    {"law":1,"title":"t","violations_found":1,"violations":[
      {"kind":"k","sentence":"order 9 was accepted and is not there","evidence":{}}]},
    {"law":2,"title":"t","violations_found":0,"violations":[]}]}]})";

TEST(VerdictTest, ALostPromiseIsAViolationInWords) {
    const Judgement judgement = parse_judgement(1, lost);
    EXPECT_EQ(judgement.violations_found, 1);
    EXPECT_EQ(judgement.calm, "at_rest");
    EXPECT_EQ(judgement.violations, std::vector<std::string>{"order 9 was accepted and is not there"});
    const Verdict verdict = verdict_of(judgement, one_fault, 5, 5);
    EXPECT_EQ(verdict, Verdict::violated);
    EXPECT_EQ(static_cast<int>(verdict), 1);
}

TEST(VerdictTest, AViolationStandsWhateverElseWentWrong) {
    EXPECT_EQ(verdict_of(parse_judgement(1, "not JSON"), {}, 5, 0), Verdict::violated);
}

TEST(VerdictTest, IsLawfulWhenEveryPromiseWasJudged) {
    EXPECT_EQ(verdict_of(lawful, one_fault, 5, 5), Verdict::lawful);
    EXPECT_EQ(static_cast<int>(Verdict::lawful), 0);
}

TEST(VerdictTest, APromiseThatIsNotOnDiskCannotBeJudged) {
    EXPECT_EQ(verdict_of(lawful, one_fault, 5, 4), Verdict::unjudged);
}

TEST(VerdictTest, WhereNothingWasBrokenNothingIsShown) {
    EXPECT_EQ(verdict_of(lawful, {}, 5, 5), Verdict::unjudged);
    EXPECT_EQ(verdict_of(lawful, {{.name = "kill gateway", .problem = "it does not run"}}, 5, 5),
              Verdict::unjudged);
}

TEST(VerdictTest, AnAuditorWhoCouldNotLookHasNotJudged) {
    EXPECT_EQ(verdict_of(parse_judgement(2, ""), one_fault, 5, 5), Verdict::unjudged);
    const Judgement away =
        parse_judgement(2, R"({"verdict":"unreadable","why":"the order database is away"})");
    EXPECT_EQ(away.why_not, "the order database is away");
    EXPECT_EQ(verdict_of(away, one_fault, 5, 5), Verdict::unjudged);
}

TEST(VerdictTest, IsToldWithItsViolations) {
    ChaosFindings findings{.architecture = "microservices", .faults = one_fault};
    findings.judgement = parse_judgement(1, lost);
    findings.verdict = Verdict::violated;
    const std::string table = to_table(findings);
    EXPECT_NE(table.find("VIOLATED: order 9 was accepted and is not there"), std::string::npos) << table;
    EXPECT_NE(to_json(findings).find(R"("exit_code":1)"), std::string::npos);
}

} // namespace
} // namespace tandem::lab
