#include "monolith/core/synchronous_checkout.hpp"

#include "monolith/core/shop_terms.hpp"
#include "services/order/core/requested_lines.hpp"

#include <utility>

namespace tandem::monolith {
namespace {

using order::StoredOrder;

class Prepared final : public order::PreparedCheckout {
public:
    Prepared(SynchronousCheckout& checkout, order::CheckoutRequest request)
        : checkout_(checkout), request_(std::move(request)) {}

    Task<Result<std::optional<StoredOrder>>> store(std::string idempotency_key,
                                                   order::Caller caller) override {
        return checkout_.buy(std::move(request_), std::move(idempotency_key), std::move(caller));
    }

private:
    SynchronousCheckout& checkout_;
    order::CheckoutRequest request_;
};

std::optional<Error> objection(const order::Placed& placed, const Shelves& shelves) {
    product::StockLedger ledger;
    for (const auto& [product, item] : shelves) {
        ledger.put_on_shelf(product, item);
    }
    const product::Decision decision = ledger.reserve(as_stock_order(placed));
    if (!decision.rejection) {
        return std::nullopt;
    }
    return Error(ErrorKind::conflict, decision.rejection->message);
}

Error provider_is_away() {
    Error error(
        ErrorKind::unavailable,
        "The payment could not be made; the order was not kept, and whatever was charged is paid back.");
    return error.retry_after(5);
}

} // namespace

Task<Result<std::unique_ptr<order::PreparedCheckout>>>
SynchronousCheckout::prepare(order::CheckoutRequest request, order::Caller) {
    co_return std::make_unique<Prepared>(*this, std::move(request));
}

Task<Result<std::optional<StoredOrder>>>
SynchronousCheckout::buy(order::CheckoutRequest request, std::string idempotency_key, order::Caller caller) {
    const auto page = co_await parts_.book.open(caller.deadline, caller.context);
    const order::OrderId number = co_await page->draw_number();
    if (!idempotency_key.empty()) {
        const bool is_first = co_await page->take_key({caller.user, std::move(idempotency_key)}, number);
        if (!is_first) {
            co_return std::nullopt;
        }
    }
    auto placed = co_await fill_basket(*page, std::move(request), caller);
    if (!placed) {
        co_return fail(std::move(placed.error()));
    }
    placed->order = number;
    OrderHistory history(parts_.clock.now(), caller.context);
    history.happened(*std::move(placed));
    history.happened(order::Processing{});
    co_await page->reserve(history.state());
    co_await page->place(history.take_changes(), history.moment());
    const auto paid = co_await pay(*page, history, caller.context);
    if (!paid) {
        co_return fail(paid.error());
    }
    co_await page->sell(history.state());
    co_await page->record(history.take_changes(), history.moment());
    const auto confirmation = co_await confirm(*page, history, caller.context);
    co_await page->empty_cart(history.state());
    const auto spent = std::chrono::steady_clock::now() - caller.arrived;
    const auto took = std::chrono::ceil<std::chrono::milliseconds>(spent);
    co_await page->commit(number, confirmation, took);
    co_return StoredOrder{history.state(), took.count()};
}

Task<Result<order::Placed>>
SynchronousCheckout::fill_basket(CheckoutPage& page, order::CheckoutRequest request, order::Caller caller) {
    if (request.items && request.items->empty()) {
        co_return fail_field("items", "must not be empty");
    }
    std::vector<order::RequestedLine> requested;
    if (request.items) {
        requested = *std::move(request.items);
    } else {
        requested = co_await page.cart(caller.user);
    }
    const auto merged = order::merge_lines(std::move(requested));
    if (!merged) {
        co_return fail(merged.error());
    }
    const Shelves shelves = co_await page.lock_shelves(order::products_of(*merged));
    auto lines = order::price_lines(*merged, catalog_entries(shelves));
    if (!lines) {
        co_return fail(std::move(lines.error()));
    }
    auto placed = order::Order::place({.order = order::OrderId(),
                                       .user = caller.user,
                                       .user_email = caller.email,
                                       .lines = *std::move(lines),
                                       .payment_method = request.payment_method,
                                       .shipping_address = std::move(request.shipping_address)});
    if (placed) {
        if (auto refusal = objection(*placed, shelves)) {
            co_return fail(*std::move(refusal));
        }
    }
    co_return placed;
}

Task<Result<void>> SynchronousCheckout::pay(CheckoutPage& page, OrderHistory& history, Context context) {
    const payment::Purchase purchase = as_purchase(history.state(), std::move(context));
    const payment::PaymentId payment = co_await parts_.intents.begin(purchase);
    co_await page.hold_payment(payment);
    const payment::ProviderAnswer answer = co_await parts_.provider.charge(purchase);
    using Kind = payment::ProviderAnswer::Kind;
    if (answer.kind == Kind::declined) {
        page.give_up();
        co_await parts_.intents.forget(payment);
        co_return fail(ErrorKind::payment_declined, answer.text);
    }
    if (answer.kind != Kind::charged) {
        co_return fail(provider_is_away());
    }
    co_await page.capture(payment, answer.text);
    history.happened(order::Paid{{.id = payment.value(),
                                  .amount = purchase.amount,
                                  .status = order::PaymentStatus::processed,
                                  .transaction_id = answer.text,
                                  .created_at = history.moment()}});
    co_return Result<void>();
}

Task<CheckoutPage::Confirmation>
SynchronousCheckout::confirm(CheckoutPage& page, OrderHistory& history, Context context) {
    const std::string event_id = co_await page.paid_event_id(history.state().id);
    email::Mail mail = confirmation_mail(history.state(), event_id, message_id_domain_);
    mail.context = std::move(context);
    const std::string message_id = mail.message_id;
    const std::string template_name = mail.letter.template_name;
    const auto receipt = co_await parts_.postman.send(std::move(mail));
    if (!receipt) {
        co_return CheckoutPage::Confirmation::still_to_be_sent;
    }
    if (receipt->accepted) {
        history.happened(order::MailSent{template_name, message_id});
    } else {
        history.happened(order::MailFailed{template_name, message_id, receipt->refusal});
    }
    co_await page.record(history.take_changes(), history.moment());
    co_return CheckoutPage::Confirmation::sent;
}

} // namespace tandem::monolith
