#include "libs/json/json.hpp"
#include "services/order/infrastructure/order_event_json.hpp"

#include <stdexcept>

namespace tandem::order {
namespace {

struct ItemFields {
    ProductId product_id;
    std::string product_name;
    int quantity = 0;
    Money price;
};
BOOST_DESCRIBE_STRUCT(ItemFields, (), (product_id, product_name, quantity, price))

struct OrderFields {
    OrderId order_id;
    UserId user_id;
    std::string user_email;
    std::vector<ItemFields> items;
    std::string payment_method;
    std::optional<json::Raw> shipping_address;
};
BOOST_DESCRIBE_STRUCT(OrderFields,
                      (),
                      (order_id, user_id, user_email, items, payment_method, shipping_address))

struct PaymentFields {
    std::int64_t payment_id = 0;
    Money amount;
    std::optional<std::string> transaction_id;
    Timestamp payment_created_at;
};
BOOST_DESCRIBE_STRUCT(PaymentFields, (), (payment_id, amount, transaction_id, payment_created_at))

struct OutcomeFields {
    std::string reason;
    std::optional<std::string> error_message;
    std::optional<bool> was_paid;
    std::optional<std::int64_t> payment_id;
};
BOOST_DESCRIBE_STRUCT(OutcomeFields, (), (reason, error_message, was_paid, payment_id))

struct MailFields {
    std::string template_;
    std::string message_id;
    std::optional<std::string> error_message;
};

template <class Fields>
Fields read(std::string_view body) {
    auto fields = json::read<Fields>(body);
    if (!fields) {
        throw std::logic_error("a stored event cannot be read: " + fields.error().message());
    }
    return *std::move(fields);
}

template <class Word>
Word known(std::optional<Word> word) {
    if (!word) {
        throw std::logic_error("a stored event has an unknown word");
    }
    return *word;
}

OrderEvent read_placed(std::string_view body) {
    auto fields = read<OrderFields>(body);
    Placed placed{fields.order_id,
                  fields.user_id,
                  std::move(fields.user_email),
                  {},
                  known(parse_payment_method(fields.payment_method)),
                  std::nullopt};
    for (ItemFields& item : fields.items) {
        placed.lines.push_back({item.product_id, std::move(item.product_name), item.quantity, item.price});
    }
    if (fields.shipping_address) {
        placed.shipping_address = std::move(fields.shipping_address->text);
    }
    return placed;
}

Payment read_payment(std::string_view body, PaymentStatus status) {
    auto fields = read<PaymentFields>(body);
    return {fields.payment_id,
            fields.amount,
            status,
            std::move(fields.transaction_id).value_or(""),
            fields.payment_created_at};
}

OrderEvent read_failed(std::string_view body) {
    auto fields = read<OutcomeFields>(body);
    Failed failed{
        known(parse_reason(fields.reason)), std::move(fields.error_message).value_or(""), std::nullopt};
    if (fields.payment_id) {
        failed.payment = read_payment(body, PaymentStatus::failed);
    }
    return failed;
}

OrderEvent read_cancelled(std::string_view body) {
    const auto fields = read<OutcomeFields>(body);
    return Cancelled{known(parse_reason(fields.reason)), fields.was_paid.value_or(false)};
}

/// By hand, since `template` is no name for a member.
MailFields read_mail(std::string_view body) {
    json::Document document(body);
    MailFields mail;
    for (json::Cursor member = document.root().first(); member; member = member.next()) {
        if (member.key() == "template") {
            json::read_value(member, mail.template_);
        } else if (member.key() == "message_id") {
            json::read_value(member, mail.message_id);
        } else if (member.key() == "error_message") {
            json::read_value(member, mail.error_message);
        }
    }
    if (document.finish()) {
        throw std::logic_error("a stored mail event cannot be read");
    }
    return mail;
}

OrderEvent read_stock_released(std::string_view body) {
    return StockReleased{read<OutcomeFields>(body).reason};
}

OrderEvent read_mail_sent(std::string_view body) {
    auto mail = read_mail(body);
    return MailSent{std::move(mail.template_), std::move(mail.message_id)};
}

OrderEvent read_mail_failed(std::string_view body) {
    auto mail = read_mail(body);
    return MailFailed{
        std::move(mail.template_), std::move(mail.message_id), std::move(mail.error_message).value_or("")};
}

struct Reader {
    std::string_view type;
    OrderEvent (*read)(std::string_view body);
};

constexpr Reader readers[]{
    {"order.created", read_placed},
    {"order.processing", [](std::string_view) -> OrderEvent { return Processing{}; }},
    {"order.paid",
     [](std::string_view body) -> OrderEvent { return Paid{read_payment(body, PaymentStatus::processed)}; }},
    {"order.failed", read_failed},
    {"order.cancelled", read_cancelled},
    {"order.shipped", [](std::string_view) -> OrderEvent { return Shipped{}; }},
    {"order.delivered", [](std::string_view) -> OrderEvent { return Delivered{}; }},
    {"payment.refunded",
     [](std::string_view body) -> OrderEvent {
         return Refunded{read_payment(body, PaymentStatus::refunded)};
     }},
    {"stock.released", read_stock_released},
    {"email.sent", read_mail_sent},
    {"email.failed", read_mail_failed},
};

} // namespace

OrderEvent read_event(std::string_view type, std::string_view body) {
    for (const Reader& reader : readers) {
        if (reader.type == type) {
            return reader.read(body);
        }
    }
    throw std::logic_error("a stored event has the unknown type " + std::string(type));
}

} // namespace tandem::order
