#include "monolith/infrastructure/traced_checkout_book.hpp"

#include "libs/telemetry/trace.hpp"
#include "services/order/infrastructure/order_spans.hpp"

namespace tandem::monolith {
namespace {

using telemetry::Span;

class TracedPage final : public CheckoutPage {
public:
    TracedPage(std::unique_ptr<CheckoutPage> page, const Clock& clock, Context context)
        : page_(std::move(page)), clock_(clock), context_(std::move(context)) {}

    Task<order::OrderId> draw_number() override {
        const order::OrderId number = co_await during("draw order number", page_->draw_number());
        order_ = number.value();
        co_return number;
    }
    Task<bool> take_key(order::IdempotencyKey key, order::OrderId order) override {
        return during("take idempotency key", page_->take_key(std::move(key), order));
    }
    Task<std::vector<order::RequestedLine>> cart(order::UserId owner) override {
        return during("read cart", page_->cart(owner));
    }
    Task<Shelves> lock_shelves(std::vector<order::ProductId> products) override {
        return during("lock stock", page_->lock_shelves(std::move(products)));
    }
    Task<> reserve(order::OrderState order) override {
        owner_ = order.user.value();
        return during("reserve stock", page_->reserve(std::move(order)));
    }
    Task<> place(std::vector<order::Change> changes, Timestamp at) override {
        order::ChangeSpans spans(changes, clock_.now());
        co_await within(spans, page_->place(std::move(changes), at));
    }
    Task<> hold_payment(payment::PaymentId payment) override {
        return during("hold payment", page_->hold_payment(payment));
    }
    Task<> capture(payment::PaymentId payment, std::string transaction_id) override {
        return during("capture payment", page_->capture(payment, std::move(transaction_id)));
    }
    Task<> sell(order::OrderState order) override {
        return during("sell stock", page_->sell(std::move(order)));
    }
    Task<> record(std::vector<order::Change> changes, Timestamp at) override {
        order::ChangeSpans spans(changes, clock_.now());
        co_await within(spans, page_->record(std::move(changes), at));
    }
    Task<std::string> paid_event_id(order::OrderId order) override { return page_->paid_event_id(order); }
    Task<> empty_cart(order::OrderState order) override {
        return during("empty cart", page_->empty_cart(std::move(order)));
    }
    void give_up() override {
        const Span span = start("roll back");
        page_->give_up();
    }
    Task<> commit(order::OrderId order, Confirmation confirmation, std::chrono::milliseconds took) override {
        return during("commit", page_->commit(order, confirmation, took));
    }

private:
    Span start(std::string_view name) const {
        auto span = Span::start(name, context_);
        span.about_order(order_, owner_);
        span.attribute("db.system.name", "postgresql");
        return span;
    }

    template <class T>
    Task<T> during(std::string_view name, Task<T> step) {
        Span span = start(name);
        try {
            auto result = co_await std::move(step);
            co_return result;
        } catch (const std::exception& error) {
            span.fail(error.what());
            throw;
        }
    }
    Task<> during(std::string_view name, Task<> step) {
        Span span = start(name);
        co_await within(span, std::move(step));
    }
    /// `spans`: one, or those of changes; outlives the task.
    template <class Spans>
    static Task<> within(Spans& spans, Task<> step) {
        try {
            co_await std::move(step);
        } catch (const std::exception& error) {
            spans.fail(error.what());
            throw;
        }
    }

    std::unique_ptr<CheckoutPage> page_;
    const Clock& clock_;
    Context context_;
    std::int64_t order_ = 0;
    std::int64_t owner_ = 0;
};

} // namespace

Task<std::unique_ptr<CheckoutPage>> TracedCheckoutBook::open(order::Deadline deadline, Context context) {
    auto span = Span::start("begin transaction", context);
    auto page = co_await book_.open(deadline, context);
    co_return std::make_unique<TracedPage>(std::move(page), clock_, std::move(context));
}

} // namespace tandem::monolith
