#include "lab/load_generator/shop_client.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <thread>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

/// Takes connections, and answers nothing by itself.
class SilentShop {
public:
    http::Endpoint endpoint() const { return {"127.0.0.1", acceptor_.local_endpoint().port()}; }

    /// Answers one request on a thread of its own; gives the request.
    std::string answer_one(std::string_view answer) {
        tcp::socket socket = acceptor_.accept();
        std::string request;
        std::array<char, 4'096> bytes{};
        while (request.find("\r\n\r\n") == std::string::npos) {
            request.append(bytes.data(), socket.read_some(boost::asio::buffer(bytes)));
        }
        boost::asio::write(socket, boost::asio::buffer(answer));
        return request;
    }

private:
    boost::asio::io_context context_;
    tcp::acceptor acceptor_{context_, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
};

std::chrono::milliseconds deadline_in(const std::string& request) {
    constexpr std::string_view name = "X-Deadline-Ms: ";
    const auto at = request.find(name);
    int ms = 0;
    if (at != std::string::npos) {
        std::from_chars(request.data() + at + name.size(), request.data() + request.size(), ms);
    }
    return std::chrono::milliseconds(ms);
}

TEST(ShopClientTest, WhoHasNoAnswerInTimeGivesUpWaiting) {
    const SilentShop shop;
    boost::asio::io_context context(1);
    ShopClient client(context.get_executor(), shop.endpoint(), 1s);
    try {
        testing::run(context, client.check_out_cart("token"));
        FAIL() << "there was no answer";
    } catch (const GaveUpWaiting& error) {
        EXPECT_STREQ(error.what(), "no answer within 1 s");
    }
}

TEST(ShopClientTest, WaitsAsLongAsItSaysAndNothingBelowItWaitsLess) {
    SilentShop shop;
    std::string request;
    std::jthread server(
        [&] { request = shop.answer_one("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"); });
    boost::asio::io_context context(1);
    ShopClient client(context.get_executor(), shop.endpoint());
    EXPECT_EQ(testing::run(context, client.check_out_cart("token")).status, 503);
    server.join();
    EXPECT_GT(deadline_in(request), ShopClient::patience_least - 5s) << request;
}

TEST(ShopClientTest, WritesDownWhatItWasPromised) {
    const ShopClient::Checkout accepted{200, 7, "pending", 3, Money::from_cents(2000), "click"};
    EXPECT_EQ(ShopClient::promise_of(accepted),
              R"({"order_id":7,"user_id":3,"idempotency_key":"click","total_amount":"20.00"})");
}

} // namespace
} // namespace tandem::lab
