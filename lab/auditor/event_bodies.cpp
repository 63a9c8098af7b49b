#include "lab/auditor/event_bodies.hpp"

#include "libs/json/json.hpp"

namespace tandem::audit {
namespace {

struct Item {
    std::int64_t product_id = 0;
    std::string product_name;
    std::int64_t quantity = 0;
    Money price;
};
BOOST_DESCRIBE_STRUCT(Item, (), (product_id, product_name, quantity, price))

struct Created {
    std::int64_t order_id = 0;
    std::int64_t user_id = 0;
    std::string user_email;
    std::vector<Item> items;
    Money total_amount;
    std::string payment_method;
    std::optional<json::Raw> shipping_address;
};
BOOST_DESCRIBE_STRUCT(Created,
                      (),
                      (order_id, user_id, user_email, items, total_amount, payment_method, shipping_address))

struct Outcome {
    std::string reason;
    std::optional<std::string> error_message;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (reason, error_message))

struct Payment {
    std::int64_t payment_id = 0;
    Money amount;
    std::optional<std::string> transaction_id;
    Timestamp payment_created_at;
};
BOOST_DESCRIBE_STRUCT(Payment, (), (payment_id, amount, transaction_id, payment_created_at))

struct MaybePayment {
    std::optional<std::int64_t> payment_id;
};
BOOST_DESCRIBE_STRUCT(MaybePayment, (), (payment_id))

} // namespace

std::optional<CreatedBody> read_created(std::string_view body) {
    auto read = json::read<Created>(body);
    if (!read) {
        return std::nullopt;
    }
    CreatedBody created{.order_id = read->order_id,
                        .user_id = read->user_id,
                        .user_email = std::move(read->user_email),
                        .total = read->total_amount,
                        .payment_method = std::move(read->payment_method)};
    for (Item& item : read->items) {
        created.items.push_back(
            {created.order_id, item.product_id, std::move(item.product_name), item.quantity, item.price});
    }
    if (read->shipping_address) {
        created.shipping_address = std::move(read->shipping_address->text);
    }
    return created;
}

std::optional<OutcomeBody> read_outcome(std::string_view body) {
    auto read = json::read<Outcome>(body);
    if (!read) {
        return std::nullopt;
    }
    return OutcomeBody{std::move(read->reason), std::move(read->error_message).value_or("")};
}

std::optional<PaymentNote> read_payment_note(std::string_view body) {
    auto read = json::read<Payment>(body);
    if (!read) {
        return std::nullopt;
    }
    return PaymentNote{read->payment_id,
                       read->amount,
                       "",
                       std::move(read->transaction_id).value_or(""),
                       read->payment_created_at};
}

bool names_payment(std::string_view body) {
    const auto read = json::read<MaybePayment>(body);
    return read && read->payment_id;
}

std::optional<MailBody> read_mail(std::string_view body) {
    json::Document document(body); // by hand, since `template` is no name for a member
    MailBody mail;
    for (json::Cursor member = document.root().first(); member; member = member.next()) {
        if (member.key() == "template") {
            json::read_value(member, mail.template_name);
        } else if (member.key() == "message_id") {
            json::read_value(member, mail.message_id);
        }
    }
    if (document.finish()) {
        return std::nullopt;
    }
    return mail;
}

} // namespace tandem::audit
