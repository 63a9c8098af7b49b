#pragma once

#include "monolith/tests/integration/shop_in_one_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace tandem::monolith {

struct Line {
    std::int64_t product = 0;
    int quantity = 1;
};

/// What tests read of an answered order.
struct OrderAnswer {
    std::int64_t id = 0;
    std::string status;
    Money total_amount;
};

inline std::int64_t count(const std::vector<CallPointer>& calls, int status) {
    return std::ranges::count(calls, status, &Call::status);
}

/// Customers 1, 2, 3, ... before the shop in one process. Each test closes with the laws.
class MonolithTest : public ::testing::Test {
protected:
    /// As the administrator; gives the product's id.
    std::int64_t add_product(const std::string& price, int stock);
    void put_into_cart(std::int64_t user, Line line);
    std::int64_t pieces_in_cart(std::int64_t user);
    std::int64_t available(std::int64_t product);

    /// Of the cart, if there are no lines.
    http::Request
    checkout(std::int64_t user, const std::vector<Line>& lines, const std::string& key = "") const;
    CallPointer begin_checkout(std::int64_t user, std::vector<Line> lines, const std::string& key = "") {
        return shop.begin(checkout(user, lines, key));
    }
    http::Response check_out(std::int64_t user, std::vector<Line> lines, const std::string& key = "") {
        return shop.wait_for(begin_checkout(user, std::move(lines), key));
    }
    /// Each buys one piece, customer i + 1 of products[i % products.size()], all at once.
    std::vector<CallPointer> begin_checkouts(int count, const std::vector<std::int64_t>& products);
    void until_all_ended(const std::vector<CallPointer>& calls);
    /// Whoever asks the provider from now on waits this long; who asks it already is not concerned.
    void provider_takes(int delay_ms);
    static OrderAnswer order_of(const http::Response& response);

    std::int64_t orders() { return shop.number("SELECT count(*) FROM orders.orders"); }
    std::int64_t waiting_for_locks();
    void until_waiting_for_locks(int checkouts);
    std::vector<KeptMail> mails_about(std::string_view subject);

    /// Waits until nothing is left to be done, then holds the shop, the provider's ledger and the
    /// mailbox against the laws. Money and stock agree, and nobody waits for anything.
    void expect_laws();
    /// ... and whoever was answered with success has an order.
    void expect_laws(const std::vector<CallPointer>& checkouts);

    ShopInOneProcess shop;

private:
    bool is_at_rest();
    void expect_money_where_orders_are();
    void expect_mails();
};

} // namespace tandem::monolith
