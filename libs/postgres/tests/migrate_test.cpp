#include "libs/postgres/migrate.hpp"
#include "libs/postgres/tests/database.hpp"

#include <future>

namespace tandem::postgres::tests {
namespace {

const Migration first{"001_things",
                      "CREATE TABLE things (id bigint PRIMARY KEY); INSERT INTO things VALUES (1);"};
const Migration second{"002_names", "ALTER TABLE things ADD COLUMN name text NOT NULL DEFAULT 'x'"};
constexpr Query count_things{"test.things", "SELECT count(*) FROM things"};
constexpr Query count_steps{"test.steps", "SELECT count(*) FROM schema_migrations"};

class MigrateTest : public DatabaseTest {};

TEST_F(MigrateTest, AppliesEachStepOnce) {
    migrate(url, {first});
    migrate(url, {first, second});
    migrate(url, {first, second});
    EXPECT_EQ(query(count_things)[0].integer(0), 1);
    EXPECT_EQ(query(count_steps)[0].integer(0), 2);
}

TEST_F(MigrateTest, RefusesAnAppliedStepWhoseTextHasChanged) {
    migrate(url, {first});
    const Migration edited{first.name, "CREATE TABLE other (id bigint)"};
    EXPECT_THROW(migrate(url, {edited}), std::runtime_error);
}

TEST_F(MigrateTest, AFailingStepLeavesNothingBehind) {
    const Migration broken{"002_broken", "CREATE TABLE half (id bigint); SELECT nonsense;"};
    EXPECT_THROW(migrate(url, {first, broken}), std::runtime_error);
    EXPECT_EQ(query(count_steps)[0].integer(0), 1);
    EXPECT_TRUE(query(Query{"test.half", "SELECT to_regclass('half')"})[0].is_null(0));
}

TEST_F(MigrateTest, InstancesThatStartTogetherDoNotRace) {
    std::vector<std::future<void>> instances;
    for (int instance = 0; instance < 4; ++instance) {
        instances.push_back(std::async(std::launch::async, [this] { migrate(url, {first, second}); }));
    }
    for (auto& instance : instances) {
        EXPECT_NO_THROW(instance.get());
    }
    EXPECT_EQ(query(count_things)[0].integer(0), 1);
}

TEST_F(MigrateTest, SeveralServicesLiveInOneDatabaseEachInASchemaOfItsOwn) {
    migrate(url, {first}, "shelves");
    migrate(url, {first, second}, "boxes");
    migrate(url, {first}, "shelves");

    EXPECT_EQ(query(Query{"test.shelves", "SELECT count(*) FROM shelves.things"})[0].integer(0), 1);
    TearDown();
    connect({.search_path = "boxes,shelves"});
    EXPECT_EQ(query(Query{"test.name", "SELECT name FROM things"})[0].text(0), "x");
}

TEST_F(MigrateTest, IsUnavailableWithoutAServer) {
    EXPECT_THROW(migrate("postgresql://nobody@127.0.0.1:1/nothing", {first}), Unavailable);
}

} // namespace
} // namespace tandem::postgres::tests
