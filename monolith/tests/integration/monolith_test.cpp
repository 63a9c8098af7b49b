#include "monolith/tests/integration/monolith_test.hpp"

#include "libs/json/json.hpp"

#include <fmt/format.h>

namespace tandem::monolith {

BOOST_DESCRIBE_STRUCT(OrderAnswer, (), (id, status, total_amount))

namespace {

struct ProductAnswer {
    std::int64_t id = 0;
    std::int64_t available_stock = 0;
};
BOOST_DESCRIBE_STRUCT(ProductAnswer, (), (id, available_stock))

struct CartItem {
    std::int64_t quantity = 0;
};
BOOST_DESCRIBE_STRUCT(CartItem, (), (quantity))

struct CartAnswer {
    std::vector<CartItem> items;
};
BOOST_DESCRIBE_STRUCT(CartAnswer, (), (items))

std::string items_json(const std::vector<Line>& lines) {
    std::string items;
    for (const auto& [product, quantity] : lines) {
        items += fmt::format(
            R"({}{{"product_id":{},"quantity":{}}})", items.empty() ? "" : ",", product, quantity);
    }
    return lines.empty() ? "{}" : fmt::format(R"({{"items":[{}]}})", items);
}

} // namespace

std::int64_t MonolithTest::add_product(const std::string& price, int stock) {
    const std::string body =
        fmt::format(R"({{"name":"Thing","description":"","price":"{}","stock":{}}})", price, stock);
    const auto response = shop.call(
        shop.request(http::Method::post, "/api/products", shop.token(900'000, auth::Role::admin), body));
    EXPECT_EQ(response.status, 201) << response.body;
    return json::read<ProductAnswer>(response.body).value().id;
}

void MonolithTest::put_into_cart(std::int64_t user, Line line) {
    const auto response = shop.call(
        shop.request(http::Method::post,
                     "/api/cart/items",
                     shop.token(user),
                     fmt::format(R"({{"product_id":{},"quantity":{}}})", line.product, line.quantity)));
    EXPECT_EQ(response.status, 201) << response.body;
}

std::int64_t MonolithTest::pieces_in_cart(std::int64_t user) {
    std::int64_t pieces = 0;
    const auto cart = json::read<CartAnswer>(shop.get("/api/cart", shop.token(user)).body).value();
    for (const CartItem& item : cart.items) {
        pieces += item.quantity;
    }
    return pieces;
}

std::int64_t MonolithTest::available(std::int64_t product) {
    const auto response = shop.get("/api/products/" + std::to_string(product));
    return json::read<ProductAnswer>(response.body).value().available_stock;
}

http::Request
MonolithTest::checkout(std::int64_t user, const std::vector<Line>& lines, const std::string& key) const {
    auto request = shop.request(http::Method::post, "/api/checkout", shop.token(user), items_json(lines));
    if (!key.empty()) {
        request.headers.set("Idempotency-Key", key);
    }
    return request;
}

std::vector<CallPointer> MonolithTest::begin_checkouts(int count, const std::vector<std::int64_t>& products) {
    std::vector<CallPointer> calls;
    for (int i = 0; i < count; ++i) {
        const auto product = products[static_cast<std::size_t>(i) % products.size()];
        calls.push_back(begin_checkout(i + 1, {{product}}));
    }
    return calls;
}

void MonolithTest::until_all_ended(const std::vector<CallPointer>& calls) {
    shop.until("all answers",
               [&] { return std::ranges::all_of(calls, &Call::ended, &CallPointer::operator*); });
}

void MonolithTest::provider_takes(int delay_ms) {
    shop.provider_behaves(fmt::format(R"({{"delay_ms":{}}})", delay_ms));
}

OrderAnswer MonolithTest::order_of(const http::Response& response) {
    return json::read<OrderAnswer>(response.body).value_or(OrderAnswer{});
}

std::int64_t MonolithTest::waiting_for_locks() {
    return shop.number("SELECT count(*) FROM pg_stat_activity"
                       " WHERE wait_event_type = 'Lock' AND datname = current_database()");
}

void MonolithTest::until_waiting_for_locks(int checkouts) {
    shop.until("checkouts that wait for others", [&] { return waiting_for_locks() == checkouts; });
}

std::vector<KeptMail> MonolithTest::mails_about(std::string_view subject) {
    std::vector<KeptMail> found;
    for (const KeptMail& mail : shop.mail.mails()) {
        if (mail.header("Subject") == subject) {
            found.push_back(mail);
        }
    }
    return found;
}

} // namespace tandem::monolith
