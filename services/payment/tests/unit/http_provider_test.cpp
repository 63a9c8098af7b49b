#include "libs/http/router.hpp"
#include "libs/http/server.hpp"
#include "libs/testing/run.hpp"
#include "services/payment/infrastructure/http_provider.hpp"

#include <gtest/gtest.h>

namespace tandem::payment {
namespace {

using Kind = ProviderAnswer::Kind;

Task<http::Response> answer_with(int status, std::string body) {
    co_return http::Response::json(status, std::move(body));
}

/// A provider that says what it is told to say, over real HTTP.
class HttpProviderTest : public ::testing::Test {
protected:
    HttpProviderTest() {
        router.add(http::Method::post, "/v1/refunds", [this](http::Request) {
            return answer_with(refund_status, "{}");
        });
        router.add(http::Method::post, "/v1/charges", [this](http::Request) {
            return answer_with(charge_answer_status, charge_answer);
        });
        router.add(http::Method::get, "/v1/charges", [this](http::Request) {
            return answer_with(200, R"({"charges":[{"id":"ch_1","status":")" + charge_status + R"("}]})");
        });
        server.start();
    }
    ~HttpProviderTest() override { testing::run(context, server.drain(http::Deadline::max())); }

    Kind refund() {
        http::Client client(context.get_executor(), {});
        HttpProvider provider(client, {"127.0.0.1", server.port()}, std::chrono::seconds(5));
        return testing::run(context, provider.refund({.order = OrderId(7)}, "ch_1")).kind;
    }

    ProviderAnswer charge() {
        http::Client client(context.get_executor(), {});
        HttpProvider provider(client, {"127.0.0.1", server.port()}, std::chrono::seconds(5));
        return testing::run(context, provider.charge({.order = OrderId(7)}));
    }

    int charge_answer_status = 201;
    std::string charge_answer = R"({"id":"ch_1"})";
    int refund_status = 201;
    std::string charge_status = "succeeded";
    boost::asio::io_context context;
    http::Router router;
    http::Server server{context.get_executor(),
                        [this](http::Request request) { return router.handle(std::move(request)); },
                        {}};
};

TEST_F(HttpProviderTest, OfAReasonOnlyAShortLineIsTaken) {
    charge_answer_status = 402;
    charge_answer = R"({"message":"No\r\nmoney)" + std::string(290, '.') + "\u00e9\"}"; // é across the limit
    const auto answer = charge();
    EXPECT_EQ(answer.kind, Kind::declined);
    EXPECT_EQ(answer.text, "No  money" + std::string(290, '.'));
}

TEST_F(HttpProviderTest, AChargeWithoutAPlausibleNumberIsNotTakenForMade) {
    for (const std::string& id : {std::string(), std::string("a b"), std::string(256, 'x')}) {
        charge_answer = R"({"id":")" + id + R"("})";
        EXPECT_EQ(charge().kind, Kind::unknown) << id;
    }
    charge_answer = R"({"id":"ch_1"})";
    EXPECT_EQ(charge().text, "ch_1");
}

TEST_F(HttpProviderTest, ARefundThatWasMadeIsRefunded) {
    EXPECT_EQ(refund(), Kind::refunded);
}

TEST_F(HttpProviderTest, ARefundStillUnderWayIsNotTakenForDone) {
    refund_status = 409;
    EXPECT_EQ(refund(), Kind::unknown);
}

TEST_F(HttpProviderTest, MoneyThatIsBackAlreadyIsRefunded) {
    refund_status = 409;
    charge_status = "refunded";
    EXPECT_EQ(refund(), Kind::refunded);
}

} // namespace
} // namespace tandem::payment
