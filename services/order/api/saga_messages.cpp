#include "services/order/api/saga_messages.hpp"

#include "libs/json/json.hpp"

#include <algorithm>
#include <cctype>

namespace tandem::order {
namespace {

using Decide = std::function<Decision(const Order& order)>;

struct StockFields {
    OrderId order_id;
    std::optional<std::string> reason;
    std::optional<std::string> error_message;
};
BOOST_DESCRIBE_STRUCT(StockFields, (), (order_id, reason, error_message))

struct PaymentFields {
    OrderId order_id;
    std::int64_t payment_id = 0;
    Money amount;
    std::optional<std::string> transaction_id;
    std::optional<std::string> reason;
    std::optional<std::string> error_message;
    Timestamp timestamp;
};
BOOST_DESCRIBE_STRUCT(PaymentFields,
                      (),
                      (order_id, payment_id, amount, transaction_id, reason, error_message, timestamp))

struct MailFields {
    std::optional<OrderId> order_id;
    std::string message_id;
    std::optional<std::string> error_message;
};
BOOST_DESCRIBE_STRUCT(MailFields, (), (order_id, message_id, error_message))

/// Of a mail event: no member of a struct can be called so.
std::string read_template(std::string_view body) {
    json::Document document(body);
    std::string name;
    for (json::Cursor member = document.root().first(); member; member = member.next()) {
        if (member.key() == "template") {
            json::read_value(member, name);
        }
    }
    return name;
}

/// 8-4-4-4-12 hexadecimal digits, as lower case; the inbox knows ids as UUIDs.
std::optional<std::string> read_uuid(std::string_view text) {
    std::string uuid;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const auto letter = static_cast<unsigned char>(text[i]);
        if (dash ? letter != '-' : std::isxdigit(letter) == 0) {
            return std::nullopt;
        }
        uuid += static_cast<char>(std::tolower(letter));
    }
    return uuid.size() == 36 ? std::optional(uuid) : std::nullopt;
}

/// A kind of message: gives the order and the decision, or nothing when the body does not fit.
struct Meaning {
    OrderId order;
    Decide decide;
};
using Read = std::optional<Meaning> (*)(std::string_view body);

std::optional<Meaning> read_reserved(std::string_view body) {
    const auto fields = json::read<StockFields>(body);
    if (!fields) {
        return std::nullopt;
    }
    return Meaning{fields->order_id, [](const Order& order) { return order.stock_reserved(); }};
}

std::optional<Meaning> read_rejected(std::string_view body) {
    auto fields = json::read<StockFields>(body);
    const auto reason = fields ? parse_reason(fields->reason.value_or("")) : std::nullopt;
    if (!reason) {
        return std::nullopt;
    }
    return Meaning{fields->order_id,
                   [reason = *reason, message = std::move(fields->error_message).value_or("")](
                       const Order& order) { return order.stock_rejected(reason, message); }};
}

std::optional<Meaning> read_released(std::string_view body) {
    auto fields = json::read<StockFields>(body);
    if (!fields) {
        return std::nullopt;
    }
    return Meaning{fields->order_id, [reason = std::move(fields->reason).value_or("")](const Order& order) {
                       return order.stock_released(reason);
                   }};
}

Payment payment_of(const PaymentFields& fields) {
    return {fields.payment_id,
            fields.amount,
            PaymentStatus::processed,
            fields.transaction_id.value_or(""),
            fields.timestamp};
}

std::optional<Meaning> read_processed(std::string_view body) {
    const auto fields = json::read<PaymentFields>(body);
    if (!fields) {
        return std::nullopt;
    }
    return Meaning{fields->order_id, [payment = payment_of(*fields)](const Order& order) {
                       return order.payment_processed(payment);
                   }};
}

std::optional<Meaning> read_payment_failed(std::string_view body) {
    const auto fields = json::read<PaymentFields>(body);
    if (!fields) {
        return std::nullopt;
    }
    const Reason reason = parse_reason(fields->reason.value_or("")).value_or(Reason::payment_declined);
    return Meaning{fields->order_id,
                   [reason, message = fields->error_message.value_or(""), payment = payment_of(*fields)](
                       const Order& order) { return order.payment_failed(reason, message, payment); }};
}

std::optional<Meaning> read_refunded(std::string_view body) {
    const auto fields = json::read<PaymentFields>(body);
    if (!fields) {
        return std::nullopt;
    }
    return Meaning{fields->order_id, [payment = payment_of(*fields)](const Order& order) {
                       return order.payment_refunded(payment);
                   }};
}

std::optional<Meaning> read_mail_sent(std::string_view body) {
    const auto fields = json::read<MailFields>(body);
    if (!fields) {
        return std::nullopt;
    }
    MailSent mail{read_template(body), fields->message_id};
    return Meaning{fields->order_id.value_or(OrderId()),
                   [mail](const Order& order) { return order.mail_sent(mail); }};
}

std::optional<Meaning> read_mail_failed(std::string_view body) {
    const auto fields = json::read<MailFields>(body);
    if (!fields) {
        return std::nullopt;
    }
    MailFailed mail{read_template(body), fields->message_id, fields->error_message.value_or("")};
    return Meaning{fields->order_id.value_or(OrderId()),
                   [mail](const Order& order) { return order.mail_failed(mail); }};
}

struct Subject {
    std::string_view event_type;
    Read read;
};
constexpr Subject subjects[]{
    {"stock.reserved", read_reserved},
    {"stock.rejected", read_rejected},
    {"stock.released", read_released},
    {"payment.processed", read_processed},
    {"payment.failed", read_payment_failed},
    {"payment.refunded", read_refunded},
    {"email.sent", read_mail_sent},
    {"email.failed", read_mail_failed},
};

} // namespace

ReadMessage read_message(const messaging::Delivery& delivery) {
    const auto subject = std::ranges::find(subjects, delivery.event_type, &Subject::event_type);
    if (subject == std::end(subjects)) {
        return {json::read<json::Raw>(delivery.body) ? ReadMessage::Kind::ignored
                                                     : ReadMessage::Kind::malformed,
                std::nullopt};
    }
    auto meaning = subject->read(delivery.body);
    auto event_id = read_uuid(delivery.event_id);
    if (!meaning || !event_id) {
        return {ReadMessage::Kind::malformed, std::nullopt};
    }
    if (meaning->order == OrderId()) {
        return {ReadMessage::Kind::ignored, std::nullopt};
    }
    return {ReadMessage::Kind::fact,
            Fact{meaning->order, *std::move(event_id), delivery.context, std::move(meaning->decide)}};
}

} // namespace tandem::order
