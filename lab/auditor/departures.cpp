#include "lab/auditor/replay.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

class Comparison {
public:
    template <class Value>
    void hold(const char* field, const Value& stored, const Value& replayed) {
        if (stored != replayed) {
            found.push_back(
                fmt::format("{} is {}, its events say {}", field, shown(stored), shown(replayed)));
        }
    }
    std::vector<std::string> found;

private:
    static std::string shown(const std::string& text) { return text.empty() ? "empty" : text; }
    static std::string shown(std::int64_t number) { return std::to_string(number); }
    static std::string shown(Money amount) { return amount.to_string(); }
    static std::string shown(Timestamp moment) { return to_rfc3339(moment); }
    static std::string shown(const std::optional<PaymentNote>& payment) {
        return payment ? fmt::format("{} {} {} (payment {}, {})",
                                     payment->status,
                                     payment->amount.to_string(),
                                     payment->transaction_id,
                                     payment->payment_id,
                                     to_rfc3339(payment->created_at))
                       : "none";
    }
};

std::string line_text(const ItemRow& item) {
    return fmt::format(
        "{} x {} {} at {}", item.quantity, item.product_id, item.product_name, item.price.to_string());
}

std::string lines_text(const std::vector<ItemRow>& items) {
    std::vector<std::string> lines;
    for (const ItemRow& item : items) {
        lines.push_back(line_text(item));
    }
    return fmt::format("{}", fmt::join(lines, "; "));
}

bool are_same(const std::vector<ItemRow>& left, const std::vector<ItemRow>& right) {
    return std::ranges::equal(left, right, [](const ItemRow& one, const ItemRow& other) {
        return one.product_id == other.product_id && one.quantity == other.quantity &&
               one.price == other.price && one.product_name == other.product_name;
    });
}

} // namespace

std::vector<std::string>
departures(const OrderRow& stored, const std::vector<ItemRow>& items, const Replayed& replayed) {
    const OrderRow& said = replayed.order;
    Comparison comparison;
    comparison.hold("version", stored.version, said.version);
    comparison.hold("status", stored.status, said.status);
    comparison.hold("reason", stored.reason, said.reason);
    comparison.hold("error_message", stored.error_message, said.error_message);
    comparison.hold("user_id", stored.user_id, said.user_id);
    comparison.hold("user_email", stored.user_email, said.user_email);
    comparison.hold("total", stored.total, said.total);
    comparison.hold("item_count", stored.item_count, said.item_count);
    comparison.hold("payment_method", stored.payment_method, said.payment_method);
    comparison.hold("shipping_address", stored.shipping_address, said.shipping_address);
    comparison.hold("payment", stored.payment, said.payment);
    comparison.hold("created_at", stored.created_at, said.created_at);
    comparison.hold("updated_at", stored.updated_at, said.updated_at);
    if (!are_same(items, replayed.items)) {
        comparison.hold("items", lines_text(items), lines_text(replayed.items));
    }
    return std::move(comparison.found);
}

} // namespace tandem::audit
