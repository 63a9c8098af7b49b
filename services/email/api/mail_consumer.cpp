#include "services/email/api/mail_consumer.hpp"

#include "libs/telemetry/trace.hpp"
#include "services/email/api/mail_events.hpp"

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
        co_await send_mail_.send(*std::move(order));
        verdicts.push_back(Verdict::done);
    }
    co_return verdicts;
}

} // namespace tandem::email
