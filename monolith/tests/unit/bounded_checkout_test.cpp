#include "libs/kernel/unavailable.hpp"
#include "monolith/infrastructure/bounded_checkout.hpp"
#include "services/order/tests/unit/fakes.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <exception>
#include <list>

namespace tandem::monolith {
namespace {

using Prepared = std::unique_ptr<order::PreparedCheckout>;

/// Does what a test asks of it at each of its two steps.
class ScriptedFlow final : public order::CheckoutFlow {
    class Step final : public order::PreparedCheckout {
    public:
        explicit Step(ScriptedFlow& flow) : flow_(flow) {}
        Task<Result<std::optional<order::StoredOrder>>> store(std::string, order::Caller) override {
            if (flow_.breaks) {
                throw Unavailable("database");
            }
            co_return fail(ErrorKind::payment_declined, "The card was declined.");
        }

    private:
        ScriptedFlow& flow_;
    };

public:
    Task<Result<Prepared>> prepare(order::CheckoutRequest, order::Caller) override {
        ++prepared;
        if (breaks) {
            throw Unavailable("catalog");
        }
        if (refuses) {
            co_return fail(ErrorKind::bad_request, "The cart is empty.");
        }
        co_return std::make_unique<Step>(*this);
    }

    int prepared = 0;
    bool refuses = false;
    bool breaks = false;
};

/// One customer at the counter. Dropping `turn` is leaving it.
struct Customer {
    std::optional<Prepared> turn;
    std::optional<Error> refusal;
    bool was_thrown_out = false;
};

class BoundedCheckoutTest : public ::testing::Test {
protected:
    /// Comes to the counter: has a turn, was refused, or neither: waits.
    Customer& come() {
        Customer& customer = customers.emplace_back();
        boost::asio::co_spawn(loop,
                              checkout.prepare({}, order::fakes::customer()),
                              [&customer](std::exception_ptr failure, Result<Prepared> prepared) {
                                  customer.was_thrown_out = failure != nullptr;
                                  if (!failure && prepared) {
                                      customer.turn = *std::move(prepared);
                                  } else if (!failure) {
                                      customer.refusal = prepared.error();
                                  }
                              });
        settle();
        return customer;
    }
    void settle() {
        loop.restart();
        loop.poll();
    }
    void leave(Customer& customer) {
        customer.turn.reset();
        settle();
    }
    void store(Customer& customer) {
        boost::asio::co_spawn(
            loop, (**customer.turn).store("", order::fakes::customer()), [](std::exception_ptr, auto) {});
        settle();
    }

    boost::asio::io_context loop;
    ScriptedFlow flow;
    BoundedCheckout checkout{loop.get_executor(), flow, 2, 1};
    std::list<Customer> customers;
};

TEST_F(BoundedCheckoutTest, LetsSoManyBeInProgressAndSoManyWait) {
    EXPECT_TRUE(come().turn);
    EXPECT_TRUE(come().turn);
    const Customer& third = come();
    EXPECT_FALSE(third.turn || third.refusal) << "waits";
    EXPECT_EQ(flow.prepared, 2) << "nothing is done for those who wait";
}

TEST_F(BoundedCheckoutTest, RefusesAtOnceWhoeverComesToAFullLine) {
    come();
    come();
    come();
    const Customer& fourth = come();
    ASSERT_TRUE(fourth.refusal);
    EXPECT_EQ(fourth.refusal->kind(), ErrorKind::unavailable);
    EXPECT_GT(fourth.refusal->retry_after_s(), 0);
}

TEST_F(BoundedCheckoutTest, GivesTheTurnOfWhoLeavesToWhoWaits) {
    Customer& first = come();
    come();
    const Customer& third = come();
    leave(first);
    EXPECT_TRUE(third.turn);
    EXPECT_FALSE(come().refusal) << "there is room in the line again";
}

TEST_F(BoundedCheckoutTest, HoldsTheTurnWhileTheCheckoutIsStored) {
    Customer& first = come();
    come();
    const Customer& third = come();
    store(first);
    EXPECT_FALSE(third.turn) << "the first is still at the counter";
    leave(first);
    EXPECT_TRUE(third.turn);
}

TEST_F(BoundedCheckoutTest, TakesTheTurnBackAfterARefusal) {
    flow.refuses = true;
    for (int i = 0; i < 5; ++i) {
        const Customer& refused = come();
        ASSERT_TRUE(refused.refusal);
        EXPECT_EQ(refused.refusal->kind(), ErrorKind::bad_request);
    }
}

TEST_F(BoundedCheckoutTest, TakesTheTurnBackAfterAnException) {
    flow.breaks = true;
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(come().was_thrown_out);
    }
    flow.breaks = false;
    EXPECT_TRUE(come().turn);
}

TEST_F(BoundedCheckoutTest, TakesTheTurnBackWhenTheCheckoutBreaks) {
    Customer& first = come();
    come();
    flow.breaks = true;
    store(first);
    leave(first);
    flow.breaks = false;
    EXPECT_TRUE(come().turn);
}

} // namespace
} // namespace tandem::monolith
