#include "services/order/core/saga.hpp"
#include "services/order/infrastructure/order_statements.hpp"
#include "services/order/infrastructure/postgres_orders.hpp"
#include "services/order/infrastructure/projection.hpp"
#include "services/order/tests/integration/database.hpp"
#include "services/order/tests/unit/order_samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tandem::order {
namespace {

using samples::payment;
using ::testing::ElementsAre;

class PostgresOrdersTest : public ::testing::Test {
protected:
    OrderId add(std::string key = "", std::int64_t user = 5, Deadline begin_by = Deadline::max()) {
        Placed placed = samples::placed();
        placed.order = database.run(orders.next_id(Deadline::max()));
        placed.user = UserId(user);
        const OrderId id = placed.order;
        NewOrder order{std::move(placed),
                       std::move(key),
                       std::chrono::milliseconds(12),
                       {"00-trace", "request-1"},
                       begin_by};
        return database.run(orders.add(std::move(order))) ? id : OrderId();
    }
    void happen(OrderId id, std::vector<OrderEvent> events, Deadline begin_by = Deadline::max()) {
        const auto record_all = [&](HeldOrders& held) {
            for (const OrderEvent& event : events) {
                held.record(id, event, {});
            }
        };
        database.run(orders.change({id}, {}, record_all, begin_by));
    }
    OrderState state(OrderId id) { return database.run(orders.find(id)).value().state; }
    Order replayed(OrderId id) {
        Order order;
        for (const RecordedEvent& event : database.run(orders.history(id))) {
            order.apply(event.event, event.at);
        }
        return order;
    }

    Database database;
    SystemClock clock;
    PostgresOrders orders{database.pool, clock};
};

TEST_F(PostgresOrdersTest, KeepsAnOrderAsItWasPlaced) {
    const OrderId id = add();
    const auto stored = database.run(orders.find(id));

    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(stored->state.lines, samples::placed().lines);
    EXPECT_EQ(stored->state.total, Money::from_cents(139'997));
    EXPECT_EQ(stored->state.shipping_address, R"({"city":"Graz"})");
    EXPECT_EQ(stored->state, replayed(id).state());
    EXPECT_EQ(database.number("SELECT count(*) FROM notifications"), 1);
}

TEST_F(PostgresOrdersTest, DrawsOrderNumbersInSequenceWithoutRepeating) {
    std::vector<std::int64_t> ids;
    for (int i = 0; i < 20; ++i) {
        ids.push_back(database.run(orders.next_id(Deadline::max())).value());
    }
    EXPECT_EQ(ids.front(), 1);
    EXPECT_EQ(ids.back(), 20);
    PostgresOrders another(database.pool, clock);
    EXPECT_GT(database.run(another.next_id(Deadline::max())).value(), 20);
}

TEST_F(PostgresOrdersTest, ProjectsEveryKindOfEventSoThatARowEqualsItsReplay) {
    const OrderId paid = add();
    happen(paid, {Processing{}, Paid{payment()}, MailSent{"order_paid", "<m@x>"}, Shipped{}, Delivered{}});
    const OrderId declined = add();
    happen(declined, {Failed{Reason::payment_declined, "No.", payment(PaymentStatus::failed)}});
    const OrderId refunded = add();
    happen(refunded, {Paid{payment()}});
    happen(refunded,
           {Cancelled{Reason::cancelled_by_admin, true},
            Refunded{payment(PaymentStatus::refunded)},
            StockReleased{"cancelled_by_admin"}});

    for (const OrderId id : {paid, declined, refunded}) {
        EXPECT_EQ(state(id), replayed(id).state());
    }
    EXPECT_EQ(state(paid).version, 6);
    EXPECT_EQ(state(refunded).payment->status, PaymentStatus::refunded);
}

TEST_F(PostgresOrdersTest, StoresOneOrderPerKeyAndUser) {
    EXPECT_NE(add("key"), OrderId());
    EXPECT_EQ(add("key"), OrderId());
    EXPECT_NE(add("key", 6), OrderId());
    EXPECT_EQ(database.number("SELECT count(*) FROM orders"), 2);
    EXPECT_EQ(database.number("SELECT count(*) FROM order_events"), 2);
}

TEST_F(PostgresOrdersTest, LetsOnlyOneOfManyWritersTakeAnOrderAlongATransition) {
    const OrderId id = add();
    int taken = 0;
    int left = 8;
    for (int i = 0; i < 8; ++i) {
        auto decide = [&taken, id](HeldOrders& held) {
            if (auto decision = held.find(id)->payment_processed(payment())) {
                ++taken;
                held.record(id, *std::move(decision), {});
            }
        };
        boost::asio::co_spawn(database.loop,
                              orders.change({id}, {}, decide, Deadline::max()),
                              [&left](std::exception_ptr error) {
                                  EXPECT_FALSE(error);
                                  --left;
                              });
    }
    while (left > 0 && database.loop.run_one() > 0) {
    }
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(state(id).version, 2);
}

TEST_F(PostgresOrdersTest, StoresNothingForWhomItsAnswerIsTooLate) {
    const OrderId id = add();
    const Deadline past = std::chrono::steady_clock::now();
    EXPECT_THROW(database.run(orders.next_id(past)), DeadlineExceeded);
    EXPECT_THROW(add("key", 5, past), DeadlineExceeded);
    EXPECT_THROW(happen(id, {Processing{}}, past), DeadlineExceeded);
    EXPECT_EQ(database.number("SELECT count(*) FROM order_events"), 1);
    EXPECT_EQ(database.number("SELECT count(*) FROM keyed_orders"), 0);
}

TEST_F(PostgresOrdersTest, ChangesNoOrderThatSomebodyHeldUntilTheAnswerWasTooLate) {
    const OrderId id = add();
    auto holder = std::make_unique<postgres::Transaction>(database.run(database.pool.begin()));
    database.run(holder->query({"test.hold", "SELECT FROM orders FOR UPDATE"}, postgres::Params()));
    const Deadline deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
    std::exception_ptr outcome;
    auto decide = [id](HeldOrders& held) { held.record(id, Processing{}, {}); };
    auto changing = orders.change({id}, {}, decide, deadline);
    boost::asio::co_spawn(
        database.loop, std::move(changing), [&](std::exception_ptr thrown) { outcome = std::move(thrown); });
    database.loop.restart();
    database.loop.run_until(deadline);
    holder.reset();
    while (!outcome && database.loop.run_one() > 0) {
    }
    EXPECT_THROW(std::rethrow_exception(outcome), DeadlineExceeded);
    EXPECT_EQ(state(id).version, 1);
}

TEST_F(PostgresOrdersTest, RefusesASecondEventWithTheSameVersion) {
    const OrderId id = add();
    EXPECT_THROW(database.execute("INSERT INTO order_events (order_id, version, event_id, event_type, body,"
                                  " traceparent, request_id, created_at) SELECT order_id, version,"
                                  " gen_random_uuid(), 'order.paid', '{}', '', '', now() FROM order_events"),
                 postgres::StatementError);
    EXPECT_EQ(state(id).status, OrderStatus::pending);
}

TEST_F(PostgresOrdersTest, HandlesEachMessageOnceEvenWhenItComesWithItselfAndLater) {
    Saga saga(orders, clock, std::chrono::minutes(15));
    const OrderId id = add();
    const std::string message = "0192f0c4-0000-7000-8000-00000000000a";
    const Fact reserved{id, message, {}, [](const Order& order) { return order.stock_reserved(); }};
    const Fact mailed{
        id, message, {}, [](const Order& order) { return order.mail_sent({"order_paid", "<m@x>"}); }};

    EXPECT_THAT(database.run(saga.follow({reserved, mailed})),
                ElementsAre(Saga::Outcome::followed, Saga::Outcome::repeated));
    EXPECT_THAT(database.run(saga.follow({mailed})), ElementsAre(Saga::Outcome::repeated));
    EXPECT_EQ(state(id).version, 2);
}

TEST_F(PostgresOrdersTest, DoesNotRememberAMessageAboutAnOrderThatIsNotThereYet) {
    Saga saga(orders, clock, std::chrono::minutes(15));
    const OrderId id = database.run(orders.next_id(Deadline::max()));
    const Fact early{id, "0192f0c4-0000-7000-8000-00000000000b", {}, [](const Order& order) {
                         return order.stock_reserved();
                     }};

    EXPECT_THAT(database.run(saga.follow({early})), ElementsAre(Saga::Outcome::unknown));
    EXPECT_EQ(database.number("SELECT count(*) FROM inbox"), 0);
}

TEST_F(PostgresOrdersTest, ListsAUsersOrdersNewestFirstInPages) {
    std::vector<OrderId> ids;
    for (int i = 0; i < 3; ++i) {
        ids.push_back(add());
    }
    add("", 6);
    const auto all = database.run(orders.list(UserId(5), 0, 10));
    const auto second = database.run(orders.list(UserId(5), 1, 1));

    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].id, ids[2]);
    EXPECT_EQ(all[0].item_count, 2);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].id, ids[1]);
}

TEST_F(PostgresOrdersTest, ListsAllUsersOrdersByNumberAndState) {
    const OrderId first = add("", 5);
    const OrderId second = add("", 6);
    const OrderId third = add("", 5);
    happen(second, {Paid{payment()}});
    const auto ids = [&](OrderFilter filter) {
        std::vector<OrderId> found;
        for (const OrderSummary& order : database.run(orders.list_all(filter))) {
            found.push_back(order.id);
        }
        return found;
    };
    const OrderId beyond(third.value() + 1);

    EXPECT_THAT(ids({std::nullopt, beyond, 10}), ElementsAre(third, second, first));
    EXPECT_THAT(ids({std::nullopt, third, 1}), ElementsAre(second));
    EXPECT_THAT(ids({OrderStatus::paid, beyond, 10}), ElementsAre(second));
    EXPECT_THAT(ids({OrderStatus::pending, third, 10}), ElementsAre(first));
    EXPECT_EQ(database.run(orders.list_all({OrderStatus::paid, beyond, 1}))[0].user_email,
              "paintest@example.com");
}

TEST_F(PostgresOrdersTest, FindsOpenOrdersOnlyOnceTheyAreOld) {
    const OrderId open = add();
    const OrderId paid = add();
    happen(paid, {Paid{payment()}});
    const Timestamp future = clock.now() + std::chrono::seconds(1);

    EXPECT_THAT(database.run(orders.open_since_before(future, 10)), ElementsAre(open));
    EXPECT_TRUE(database.run(orders.open_since_before(future - std::chrono::minutes(1), 10)).empty());
}

TEST_F(PostgresOrdersTest, OffersPublicEventsToTheRelayInOrderUntilTheyAreMarked) {
    const OrderId id = add();
    happen(id, {Processing{}, Paid{payment()}});
    const auto queries = order_outbox_queries();

    const auto waiting = database.run(database.pool.query(queries.take, postgres::Params(10)));
    ASSERT_EQ(waiting.size(), 2);
    EXPECT_EQ(waiting[0].text(2), "order.order.created");
    EXPECT_EQ(waiting[0].text(5), "00-trace");
    EXPECT_EQ(waiting[1].text(3), "order.paid");
    EXPECT_EQ(database.run(database.pool.query(queries.lag, postgres::Params()))[0].integer(0), 2);

    const std::vector<std::int64_t> positions{waiting[0].integer(0), waiting[1].integer(0)};
    std::vector<postgres::Statement> mark{{queries.mark, postgres::Params(positions)}};
    database.run(database.pool.execute(std::move(mark)));
    EXPECT_TRUE(database.run(database.pool.query(queries.take, postgres::Params(10))).empty());
}

TEST_F(PostgresOrdersTest, RebuildsTheProjectionFromTheEvents) {
    const OrderId paid = add();
    happen(paid, {Processing{}, Paid{payment()}});
    const OrderId untouched = add();
    database.execute("UPDATE orders SET status = 'failed', total_cents = 1 WHERE id = 1");
    database.execute("DELETE FROM order_items WHERE order_id = 1 AND line = 1");
    Projection projection(database.pool);

    EXPECT_EQ(database.run(projection.rebuild()), 1);
    EXPECT_EQ(state(paid), replayed(paid).state());
    EXPECT_EQ(state(untouched), replayed(untouched).state());
    EXPECT_EQ(database.run(projection.rebuild()), 0);
}

/// Stores the order within `transaction`, as PostgresOrders::add does.
Task<> store_in(postgres::Transaction& transaction, OrderId id) {
    Placed placed = samples::placed();
    placed.order = id;
    const Timestamp now = SystemClock().now();
    Order order;
    order.apply(placed, now);
    const std::vector<OrderState> states{order.state()};
    const std::vector<Change> changes{{std::move(placed), states.front(), {}}};
    std::vector<postgres::Statement> statements{
        insert_events(changes, now), insert_orders(states), insert_items(states)};
    co_await transaction.execute(std::move(statements));
}

TEST_F(PostgresOrdersTest, RebuildsTheOrdersItHasReadAndNoneThatIsStoredBetweenThemMeanwhile) {
    const OrderId first = add();
    const OrderId between = database.run(orders.next_id(Deadline::max()));
    const OrderId last = add();
    Projection projection(database.pool);
    auto storing = database.run(database.pool.begin());
    EXPECT_EQ(database.run(projection.rebuild()), 0); // its statements are prepared now
    // So it has read the events when it meets this lock.
    database.run(storing.query({"test.lock", "LOCK TABLE order_items IN SHARE MODE"}, postgres::Params()));
    database.run(store_in(storing, between));
    std::optional<std::int64_t> differed;
    boost::asio::co_spawn(
        database.loop, projection.rebuild(), [&](std::exception_ptr error, std::int64_t count) {
            EXPECT_FALSE(error);
            differed = count;
        });
    const Deadline patience = Database::soon();
    while (database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0) {
        ASSERT_LT(std::chrono::steady_clock::now(), patience);
    }
    database.run(storing.commit());
    while (!differed && database.loop.run_one() > 0) {
    }

    EXPECT_EQ(differed, 0);
    for (const OrderId id : {first, between, last}) {
        EXPECT_EQ(state(id), replayed(id).state());
    }
}

TEST_F(PostgresOrdersTest, KeepsHowLongTheCheckoutTookWhateverHappensToTheProjection) {
    const OrderId id = add();
    EXPECT_EQ(database.run(orders.find(id))->processing_duration_ms, 12);
    Projection projection(database.pool);
    database.run(projection.rebuild());
    EXPECT_EQ(database.run(orders.find(id))->processing_duration_ms, 12);
}

TEST_F(PostgresOrdersTest, NumbersOrdersWithoutGapsWhileItRuns) {
    for (std::int64_t expected = 1; expected <= 20; ++expected) {
        EXPECT_EQ(add().value(), expected);
    }
}

TEST_F(PostgresOrdersTest, TellsAfterEachCommitWhichOrdersChanged) {
    std::vector<OrderId> told;
    orders.on_commit([&told](const std::vector<OrderId>& ids) { told = ids; });
    const OrderId id = add();
    EXPECT_THAT(told, ElementsAre(id));
    told.clear();
    database.run(orders.change({id}, {}, [](HeldOrders&) {}, Deadline::max()));
    EXPECT_TRUE(told.empty());
}

} // namespace
} // namespace tandem::order
