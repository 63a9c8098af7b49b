#pragma once

#include "lab/auditor/order_status.hpp"
#include "lab/auditor/row_stream.hpp"
#include "libs/kernel/money.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// Rows as the auditor reads them, one struct a query. Each begins with the order that it is about; its
/// `query` gives all of them in ascending order of these, and its `read` takes one.
namespace tandem::audit {

/// What an order says of its payment.
struct PaymentNote {
    std::int64_t payment_id = 0;
    Money amount;
    std::string status;
    std::string transaction_id;
    Timestamp created_at;
    friend bool operator==(const PaymentNote&, const PaymentNote&) = default;
};

struct OrderRow {
    std::int64_t order_id = 0;
    std::int64_t version = 0;
    std::int64_t user_id = 0;
    std::string user_email;
    std::string status; ///< as it is written: it may be no known word
    std::string reason;
    std::string error_message;
    Money total;
    std::int64_t item_count = 0;
    std::string payment_method;
    std::string shipping_address; ///< JSON text, empty for none
    std::optional<PaymentNote> payment;
    Timestamp created_at;
    Timestamp updated_at;

    static const char* const query;
    static OrderRow read(RowStream& rows);
};

struct EventRow {
    std::int64_t order_id = 0;
    std::int64_t version = 0;
    Uuid event_id{};
    std::string type; ///< "order.paid"
    Timestamp created_at;
    std::string body; ///< empty where nothing of it is needed

    static const char* const query;
    static EventRow read(RowStream& rows);
};

struct ItemRow {
    std::int64_t order_id = 0;
    std::int64_t product_id = 0;
    std::string product_name;
    std::int64_t quantity = 0;
    Money price;

    static const char* const query;
    static ItemRow read(RowStream& rows);
};

/// That the checkout of an order was answered, stored with the order.
struct TimingRow {
    std::int64_t order_id = 0;

    static const char* const query;
    static TimingRow read(RowStream& rows);
};

/// Which order an idempotency key stands for.
struct KeyRow {
    std::int64_t order_id = 0;
    std::int64_t user_id = 0;
    std::string key;
    bool has_answer = false; ///< what the key's repetition is answered with is there, too

    static const char* const query;
    static KeyRow read(RowStream& rows);
};

struct NoticeRow {
    std::int64_t order_id = 0;
    std::int64_t user_id = 0;
    std::string type; ///< that of the event

    static const char* const query;
    static NoticeRow read(RowStream& rows);
};

struct PaymentRow {
    std::int64_t order_id = 0;
    std::int64_t payment_id = 0;
    std::int64_t user_id = 0;
    Money amount;
    std::string status;
    std::string transaction_id;
    Timestamp updated_at;

    static const char* const query;
    static PaymentRow read(RowStream& rows);
};

/// One line of an order's reservation; one without a product when it has no lines.
struct ReservationRow {
    std::int64_t order_id = 0;
    std::string state;
    Timestamp updated_at;
    std::optional<std::int64_t> product_id;
    std::int64_t quantity = 0;

    static const char* const query;
    static ReservationRow read(RowStream& rows);
};

/// That an order's goods have left the customer's cart. Forgotten after 30 days.
struct PurchaseRow {
    std::int64_t order_id = 0;
    std::int64_t user_id = 0;

    static const char* const query;
    static PurchaseRow read(RowStream& rows);
};

} // namespace tandem::audit
