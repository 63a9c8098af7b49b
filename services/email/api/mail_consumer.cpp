#include "services/email/api/mail_consumer.hpp"

#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/trace.hpp"
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
        auto span = telemetry::Span::start(
            "send " + order->letter.template_name, delivery.context, telemetry::Span::Kind::consumer);
        order->context = span.context();
        co_await send(*std::move(order), delivery.attempt >= attempts_max_);
        verdicts.push_back(Verdict::done);
    }
    co_return verdicts;
}

Task<> MailConsumer::send(MailOrder order, bool is_last_attempt) {
    std::exception_ptr refusal;
    try {
        co_await send_mail_.send(order);
    } catch (const Unavailable&) {
        throw;
    } catch (const std::exception&) {
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
