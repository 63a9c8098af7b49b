#include "tools/tandem/problem.hpp"
#include "tools/tandem/supervisor_config.hpp"

#include <gtest/gtest.h>

namespace tandem::local {
namespace {

using ::testing::Test;

class SupervisorConfigTest : public Test {
protected:
    const Variables variables{{}, {}};
    const Shop shop{.root = "/clone",
                    .programs = "/clone/build/bin",
                    .state = "/state",
                    .variables = variables,
                    .ports = Ports(variables),
                    .secrets = {}};
    Part part{
        .name = "mail", .command = {"node", "mail.js"}, .environment = {{"PORT", "1026"}}, .ports = {"mail"}};

    bool config_has(const std::string& text) const {
        return supervisor_config(shop, {part}).find(text) != std::string::npos;
    }
};

TEST_F(SupervisorConfigTest, TellsEachProgramWhenItsSupervisorDies) {
    EXPECT_TRUE(config_has("[program:mail]\ncommand=setpriv --pdeathsig TERM node mail.js\n"));
}

TEST_F(SupervisorConfigTest, GivesEachPartItsOwnLogInTheStateFolder) {
    EXPECT_TRUE(config_has("stdout_logfile=/state/logs/mail.log\n"));
}

TEST_F(SupervisorConfigTest, StartsADatabaseOnlyWhenItsDirectoryIsMade) {
    EXPECT_TRUE(config_has("autostart=true\n"));
    part.database = "order";
    EXPECT_TRUE(config_has("autostart=false\n"));
}

TEST_F(SupervisorConfigTest, EscapesWhatSupervisordWouldExpand) {
    part.environment["SUBJECT"] = "100 % \"sure\"";
    EXPECT_TRUE(config_has("SUBJECT='100 %% \"sure\"'"));
}

TEST_F(SupervisorConfigTest, RefusesWhatSupervisordCannotExpress) {
    for (const char* value : {"two\nlines", "both ' and \""}) {
        part.environment["SUBJECT"] = value;
        EXPECT_THROW(supervisor_config(shop, {part}), Problem) << value;
    }
}

TEST_F(SupervisorConfigTest, ChangesWhenAConfigurationFileChanges) {
    part.configuration["mail.conf"] = "a";
    const std::string before = supervisor_config(shop, {part});
    part.configuration["mail.conf"] = "b";

    EXPECT_NE(supervisor_config(shop, {part}), before);
}

} // namespace
} // namespace tandem::local
