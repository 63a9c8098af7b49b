#include "services/email/api/mail_consumer.hpp"

#include "libs/kernel/unavailable.hpp"
#include "services/email/api/mail_events.hpp"

#include <exception>

namespace tandem::email {

using messaging::Verdict;

Task<std::vector<Verdict>> MailConsumer::handle(std::vector<messaging::Delivery> batch) {
    std::vector<Verdict> verdicts;
    for (const messaging::Delivery& delivery : batch) {
        std::optional<MailOrder> order = read_mail_order(delivery);
        if (!order) {
            verdicts.push_back(Verdict::dead);
            continue;
        }
        auto span = telemetry::Span::start("send mail " + order->letter.template_name, delivery.context);
        span.about_order(order->order_id.value_or(0), order->order_id ? order->user_id : 0);
        span.attribute("tandem.mail.template", order->letter.template_name);
        order->context = span.context();
        co_await send(*std::move(order), span, delivery.attempt >= attempts_max_);
        verdicts.push_back(Verdict::done);
    }
    co_return verdicts;
}

Task<> MailConsumer::send(MailOrder order, telemetry::Span& span, bool is_last_attempt) {
    std::exception_ptr refusal;
    try {
        co_await send_mail_.send(order);
    } catch (const Unavailable& away) {
        span.fail(away.what());
        throw;
    } catch (const std::exception& error) {
        span.fail(error.what());
        refusal = std::current_exception();
    }
    if (refusal && is_last_attempt) {
        co_await send_mail_.give_up(std::move(order));
    }
    if (refusal) {
        std::rethrow_exception(refusal);
    }
}

} // namespace tandem::email
