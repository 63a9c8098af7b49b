#include "libs/kernel/unavailable.hpp"
#include "libs/kernel/uuid.hpp"
#include "libs/messaging/judge.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

namespace tandem::messaging {
namespace {

using std::chrono::milliseconds;
using testing::run;

Delivery delivery_of(std::string body) {
    Delivery delivery;
    delivery.event_id = uuid_v7();
    delivery.body = std::move(body);
    return delivery;
}

std::vector<Delivery> batch_of(const std::vector<std::string>& bodies) {
    std::vector<Delivery> batch;
    for (const std::string& body : bodies) {
        batch.push_back(delivery_of(body));
    }
    return batch;
}

class JudgeTest : public ::testing::Test {
protected:
    Task<std::vector<Verdict>> handle(std::vector<Delivery> batch) {
        ++calls;
        if (outages > 0) {
            --outages;
            throw Unavailable("no database");
        }
        if (late > 0) {
            --late;
            throw DeadlineExceeded("no connection became free");
        }
        std::vector<Verdict> verdicts;
        for (const Delivery& delivery : batch) {
            if (delivery.body == "poison") {
                throw std::runtime_error("constraint broken");
            }
            if (delivery.body == "slow") {
                throw postgres::StatementTimeout("canceling statement due to statement timeout");
            }
            if (delivery.body == "aborted") {
                throw boost::system::system_error(boost::asio::error::operation_aborted);
            }
            verdicts.push_back(delivery.body == "nonsense" ? Verdict::dead : Verdict::done);
        }
        co_return verdicts;
    }
    Task<bool> hold(milliseconds pause) {
        pauses.push_back(pause);
        co_return patient;
    }
    std::optional<std::vector<Judgement>> judge(std::vector<Delivery> batch) {
        Judge subject("queue",
                      [this](std::vector<Delivery> deliveries) { return handle(std::move(deliveries)); });
        return run(subject.judge(std::move(batch), [this](milliseconds pause) { return hold(pause); }));
    }

    int calls = 0;
    int outages = 0;
    int late = 0;
    bool patient = true;
    std::vector<milliseconds> pauses;
};

TEST_F(JudgeTest, AsksOnceForAWholeBatch) {
    const auto judgements = judge(batch_of({"a", "nonsense", "b"}));

    ASSERT_EQ(judgements->size(), 3u);
    EXPECT_EQ((*judgements)[0].verdict, Verdict::done);
    EXPECT_EQ((*judgements)[1].verdict, Verdict::dead);
    EXPECT_EQ((*judgements)[2].verdict, Verdict::done);
    EXPECT_EQ(calls, 1);
}

TEST_F(JudgeTest, OneMessageThatThrowsIsRetriedAloneWithItsReason) {
    const auto judgements = judge(batch_of({"a", "poison", "b"}));

    EXPECT_EQ((*judgements)[0].verdict, Verdict::done);
    EXPECT_EQ((*judgements)[1].verdict, Verdict::retry);
    EXPECT_EQ((*judgements)[1].reason, "constraint broken");
    EXPECT_EQ((*judgements)[2].verdict, Verdict::done);
    EXPECT_EQ(calls, 4);
}

TEST_F(JudgeTest, AStatementThatALivingServerGaveUpIsRetriedAloneAndNotHeld) {
    const auto judgements = judge(batch_of({"a", "slow", "b"}));

    EXPECT_EQ((*judgements)[0].verdict, Verdict::done);
    EXPECT_EQ((*judgements)[1].verdict, Verdict::retry);
    EXPECT_EQ((*judgements)[2].verdict, Verdict::done);
    EXPECT_TRUE(pauses.empty());
}

TEST_F(JudgeTest, HoldsABatchWhoseTurnDidNotComeInTime) {
    late = 1;

    EXPECT_EQ(judge(batch_of({"a"}))->front().verdict, Verdict::done);
    EXPECT_EQ(pauses.size(), 1u);
}

TEST_F(JudgeTest, WhatWasAbortedElsewhereIsAFailureLikeAnyOther) {
    const auto judgements = judge(batch_of({"aborted", "b"}));

    EXPECT_EQ((*judgements)[0].verdict, Verdict::retry);
    EXPECT_EQ((*judgements)[1].verdict, Verdict::done);
}

TEST_F(JudgeTest, HoldsWithGrowingPausesWhileTheEnvironmentIsBroken) {
    outages = 6;

    const auto judgements = judge(batch_of({"a"}));

    EXPECT_EQ(judgements->front().verdict, Verdict::done);
    EXPECT_EQ(pauses,
              (std::vector<milliseconds>{milliseconds(100),
                                         milliseconds(200),
                                         milliseconds(400),
                                         milliseconds(800),
                                         milliseconds(1'600),
                                         milliseconds(2'000)}));
}

TEST_F(JudgeTest, GivesABatchUpWhenItNeedNotBeHeldAnyLonger) {
    outages = 2;
    patient = false;

    EXPECT_FALSE(judge(batch_of({"a", "b"})).has_value());
    EXPECT_EQ(calls, 1);
}

TEST_F(JudgeTest, DoesNotAskAboutMessagesThatNoInboxCouldTake) {
    std::vector<Delivery> batch = batch_of({"a", "b"});
    batch[0].event_id = "'; DROP TABLE inbox";

    const auto judgements = judge(std::move(batch));

    EXPECT_EQ((*judgements)[0].verdict, Verdict::dead);
    EXPECT_EQ((*judgements)[1].verdict, Verdict::done);
    EXPECT_EQ(calls, 1);
}

} // namespace
} // namespace tandem::messaging
