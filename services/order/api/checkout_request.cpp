#include "services/order/api/checkout_request.hpp"

#include "libs/json/json.hpp"

#include <algorithm>
#include <cctype>

namespace tandem::order {
namespace {

constexpr std::size_t address_characters_max = 1'000;
constexpr std::size_t address_bytes_max = 4'096;
constexpr std::size_t key_characters_max = 255;

struct CheckoutItem {
    ProductId product_id;
    std::int64_t quantity = 0;
    std::optional<Money> price;
};
BOOST_DESCRIBE_STRUCT(CheckoutItem, (), (product_id, quantity, price))

struct CheckoutBody {
    std::optional<json::Raw> shipping_address;
    std::optional<std::string> payment_method;
    std::optional<std::vector<CheckoutItem>> items;
    std::optional<std::int64_t> user_id;
    std::optional<std::string> user_email;
};
BOOST_DESCRIBE_STRUCT(CheckoutBody, (), (shipping_address, payment_method, items, user_id, user_email))

/// What makes two requests the same one.
struct CanonicalRequest {
    std::optional<json::Raw> shipping_address;
    std::string payment_method;
    std::optional<std::vector<CheckoutItem>> items;
};
BOOST_DESCRIBE_STRUCT(CanonicalRequest, (), (shipping_address, payment_method, items))

bool equal_without_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(
        left, right, [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

bool is_somebody_else(const CheckoutBody& body, const Caller& caller) {
    return (body.user_id && *body.user_id != caller.user.value()) ||
           (body.user_email && !equal_without_case(*body.user_email, caller.email));
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::ranges::count_if(
        utf8, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

Result<void> check_address(std::string_view json) {
    if (json.front() == '{') {
        if (json.size() > address_bytes_max) {
            return fail_field("shipping_address", "must not be larger than 4 KiB");
        }
        return {};
    }
    if (json.front() != '"') {
        return fail_field("shipping_address", "must be a string or an object");
    }
    const auto text = json::read<std::string>(json);
    if (!text) {
        const auto& fields = text.error().fields();
        return fail_field("shipping_address", fields.empty() ? "must be text" : fields.front().message);
    }
    if (characters(*text) > address_characters_max) {
        return fail_field("shipping_address", "must not be longer than 1000 characters");
    }
    return {};
}

std::vector<RequestedLine> lines_of(const std::vector<CheckoutItem>& items) {
    std::vector<RequestedLine> lines;
    lines.reserve(items.size());
    for (const CheckoutItem& item : items) {
        lines.push_back({item.product_id, item.quantity, item.price});
    }
    return lines;
}

} // namespace

Result<ReadCheckout> read_checkout(std::string_view body, const Caller& caller) {
    auto fields = json::read<CheckoutBody>(body.empty() ? "{}" : body);
    if (!fields) {
        return fail(fields.error());
    }
    if (is_somebody_else(*fields, caller)) {
        return fail(ErrorKind::forbidden, "Nobody can order in somebody else's name.");
    }
    ReadCheckout read;
    const std::string word = std::move(fields->payment_method).value_or("credit_card");
    const auto method = parse_payment_method(word);
    if (!method) {
        return fail_field("payment_method", "must be one of: credit_card, paypal, bank_transfer");
    }
    read.request.payment_method = *method;
    if (fields->shipping_address) {
        if (const auto checked = check_address(fields->shipping_address->text); !checked) {
            return fail(checked.error());
        }
        read.request.shipping_address = fields->shipping_address->text;
    }
    if (fields->items) {
        read.request.items = lines_of(*fields->items);
    }
    read.canonical =
        json::write(CanonicalRequest{std::move(fields->shipping_address), word, std::move(fields->items)});
    return read;
}

Result<std::string> read_idempotency_key(std::string_view value) {
    const bool visible = std::ranges::all_of(value, [](char c) { return c > ' ' && c < '\x7f'; });
    if (value.empty() || value.size() > key_characters_max || !visible) {
        return fail_field("Idempotency-Key", "must be 1 to 255 visible ASCII characters");
    }
    return std::string(value);
}

} // namespace tandem::order
