#include "tools/tandem/problem.hpp"
#include "tools/tandem/variables.hpp"

#include <gtest/gtest.h>

namespace tandem::local {
namespace {

TEST(DotenvTest, ReadsNamesAndValues) {
    const auto values =
        parse_dotenv("# ports\n\nGATEWAY_PORT=9100\nexport LOG_LEVEL = debug\r\nEMPTY=\n", ".env");

    EXPECT_EQ(values.at("GATEWAY_PORT"), "9100");
    EXPECT_EQ(values.at("LOG_LEVEL"), "debug");
    EXPECT_EQ(values.at("EMPTY"), "");
    EXPECT_EQ(values.size(), 3u);
}

TEST(DotenvTest, KeepsWhatStandsInQuotes) {
    const auto values = parse_dotenv("A=\"a # b\"\nB='c \"d\"' # e\nC=f # g\nD=h#i\n", ".env");

    EXPECT_EQ(values.at("A"), "a # b");
    EXPECT_EQ(values.at("B"), "c \"d\"");
    EXPECT_EQ(values.at("C"), "f");
    EXPECT_EQ(values.at("D"), "h#i");
}

TEST(DotenvTest, NamesTheLineThatIsWrong) {
    for (const char* text : {"A=1\nnonsense\n", "A=1\n2B=3\n", "A=1\nB=\"open\n"}) {
        try {
            parse_dotenv(text, "my.env");
            ADD_FAILURE() << text;
        } catch (const Problem& problem) {
            EXPECT_NE(std::string(problem.what()).find("my.env, line 2"), std::string::npos)
                << problem.what();
        }
    }
}

TEST(DotenvTest, FindsDocumentedVariablesAlsoInComments) {
    const auto names =
        documented_variables("# The delay, in milliseconds.\n# PAYMENT_DELAY_MS=1000\nPORT=8100\n");

    EXPECT_TRUE(names.contains("PAYMENT_DELAY_MS"));
    EXPECT_TRUE(names.contains("PORT"));
    EXPECT_EQ(names.size(), 2u);
}

TEST(VariablesTest, PreferTheEnvironmentToTheFile) {
    const Variables variables({{"A", "environment"}}, {{"A", "file"}, {"B", "file"}});

    EXPECT_EQ(variables.text("A", ""), "environment");
    EXPECT_EQ(variables.text("B", ""), "file");
    EXPECT_EQ(variables.text("C", "fallback"), "fallback");
    EXPECT_EQ(variables.find("C"), nullptr);
}

TEST(VariablesTest, RefuseWhatIsNoNumberInRange) {
    const Variables variables({{"A", "12x"}, {"B", "-1"}, {"C", "99999999999"}, {"D", "7"}, {"E", ""}}, {});

    for (const char* name : {"A", "B", "C"}) {
        EXPECT_THROW(variables.integer(name, 0, 0, 100), Problem) << name;
    }
    EXPECT_EQ(variables.integer("D", 0, 0, 100), 7);
    EXPECT_EQ(variables.integer("E", 5, 0, 100), 5);
}

} // namespace
} // namespace tandem::local
