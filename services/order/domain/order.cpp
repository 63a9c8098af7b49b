#include "services/order/domain/order.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tandem::order {
namespace {

Result<Money> total_of(const std::vector<OrderLine>& lines) {
    std::set<std::int64_t> products;
    Money total;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string path = "items/" + std::to_string(i);
        if (lines[i].quantity < 1 || lines[i].quantity > Order::quantity_max) {
            return fail_field(path + "/quantity", "must be 1 to " + std::to_string(Order::quantity_max));
        }
        if (!products.insert(lines[i].product.value()).second) {
            return fail_field(path + "/product_id", "is there twice");
        }
        total += lines[i].subtotal();
    }
    if (total.cents() > Money::cents_max) {
        return fail_field("items", "must not cost more than one order may");
    }
    return total;
}

std::string sentence(OrderStatus from, OrderStatus to) {
    return "An order that is " + std::string(to_string(from)) + " cannot become " +
           std::string(to_string(to)) + ".";
}

} // namespace

bool may_become(OrderStatus from, OrderStatus to) {
    using enum OrderStatus;
    switch (to) {
    case pending:
        return false;
    case processing:
        return from == pending;
    case paid:
    case failed:
        return from == pending || from == processing;
    case shipped:
        return from == paid;
    case delivered:
        return from == shipped;
    case cancelled:
        return from == pending || from == processing || from == paid;
    }
    std::unreachable();
}

Result<Placed> Order::place(Placed order) {
    if (order.lines.empty() || order.lines.size() > lines_max) {
        return fail_field("items", "must be 1 to " + std::to_string(lines_max) + " different products");
    }
    const auto total = total_of(order.lines);
    if (!total) {
        return fail(total.error());
    }
    return order;
}

void Order::apply(const OrderEvent& event, Timestamp at) {
    if ((state_.version == 0) != std::holds_alternative<Placed>(event)) {
        throw std::logic_error("an order's history must begin with its placing");
    }
    std::visit([this](const auto& happened) { on(happened); }, event);
    ++state_.version;
    state_.updated_at = at;
    if (state_.version == 1) {
        state_.created_at = at;
    }
}

bool Order::is_open() const {
    return status() == OrderStatus::pending || status() == OrderStatus::processing;
}

Decision Order::fail_open(Reason reason, std::string error_message, std::optional<Payment> payment) const {
    if (!is_open()) {
        return std::nullopt;
    }
    return Failed{reason, std::move(error_message), std::move(payment)};
}

Decision Order::stock_reserved() const {
    if (status() != OrderStatus::pending) {
        return std::nullopt;
    }
    return Processing{};
}

Decision Order::stock_rejected(Reason reason, std::string error_message) const {
    return fail_open(reason, std::move(error_message), std::nullopt);
}

Decision Order::stock_released(std::string reason) const {
    if (stock_released_) {
        return std::nullopt;
    }
    return StockReleased{std::move(reason)};
}

Decision Order::payment_processed(Payment payment) const {
    if (!is_open()) {
        return std::nullopt;
    }
    payment.status = PaymentStatus::processed;
    return Paid{std::move(payment)};
}

Decision Order::payment_failed(Reason reason, std::string error_message, Payment payment) const {
    payment.status = PaymentStatus::failed;
    return fail_open(reason, std::move(error_message), std::move(payment));
}

Decision Order::payment_refunded(Payment payment) const {
    if (state_.payment && state_.payment->status == PaymentStatus::refunded) {
        return std::nullopt;
    }
    payment.status = PaymentStatus::refunded;
    return Refunded{std::move(payment)};
}

Decision Order::mail_sent(MailSent mail) const {
    if (mails_noted_.contains(mail.message_id)) {
        return std::nullopt;
    }
    return mail;
}

Decision Order::mail_failed(MailFailed mail) const {
    if (mails_noted_.contains(mail.message_id)) {
        return std::nullopt;
    }
    return mail;
}

Decision Order::expire() const {
    return fail_open(Reason::expired, "The order was not completed in time.", std::nullopt);
}

Result<Decision> Order::cancel(Reason by) const {
    if (status() == OrderStatus::cancelled) {
        return std::nullopt;
    }
    return move_by_hand(OrderStatus::cancelled, Cancelled{by, status() == OrderStatus::paid});
}

Result<Decision> Order::ship() const {
    return move_by_hand(OrderStatus::shipped, Shipped{});
}

Result<Decision> Order::deliver() const {
    return move_by_hand(OrderStatus::delivered, Delivered{});
}

Result<Decision> Order::move_by_hand(OrderStatus to, OrderEvent event) const {
    if (!may_become(status(), to)) {
        return fail(ErrorKind::conflict, sentence(status(), to));
    }
    return event;
}

void Order::become(OrderStatus status) {
    if (!may_become(state_.status, status)) {
        throw std::logic_error(sentence(state_.status, status));
    }
    state_.status = status;
}

void Order::on(const Placed& event) {
    state_.id = event.order;
    state_.user = event.user;
    state_.user_email = event.user_email;
    state_.lines = event.lines;
    state_.payment_method = event.payment_method;
    state_.shipping_address = event.shipping_address;
    for (const OrderLine& line : event.lines) {
        state_.total += line.subtotal();
    }
}

void Order::on(const Processing&) {
    become(OrderStatus::processing);
}

void Order::on(const Paid& event) {
    become(OrderStatus::paid);
    state_.payment = event.payment;
}

void Order::on(const Failed& event) {
    become(OrderStatus::failed);
    state_.reason = event.reason;
    state_.error_message = event.error_message;
    if (event.payment) {
        state_.payment = event.payment;
    }
}

void Order::on(const Cancelled& event) {
    become(OrderStatus::cancelled);
    state_.reason = event.reason;
}

void Order::on(const Shipped&) {
    become(OrderStatus::shipped);
}

void Order::on(const Delivered&) {
    become(OrderStatus::delivered);
}

void Order::on(const Refunded& event) {
    state_.payment = event.payment;
}

void Order::on(const StockReleased&) {
    stock_released_ = true;
}

void Order::on(const MailSent& event) {
    mails_noted_.insert(event.message_id);
}

void Order::on(const MailFailed&) {}

} // namespace tandem::order
