#include "services/email/infrastructure/published_mail_news.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/unavailable.hpp"

namespace tandem::email {
namespace {

constexpr std::chrono::seconds publish_timeout{10};

} // namespace

messaging::OutgoingEvent
mail_event(const MailOrder& order, const std::string& message_id, const std::string* error, Timestamp now) {
    std::string routing_key = error != nullptr ? "email.email.failed" : "email.email.sent";
    json::Writer fields;
    fields.begin_object()
        .member("order_id", order.order_id)
        .member("user_id", order.user_id)
        .member("user_email", order.to.address)
        .member("template", order.letter.template_name)
        .member("message_id", message_id);
    if (error != nullptr) {
        fields.member("error_message", *error);
    }
    fields.end_object();
    std::string id = messaging::derived_event_id(order.event_id, routing_key);
    return messaging::make_event_with_id(
        std::move(id), std::move(routing_key), fields.view(), now, order.context);
}

Task<> PublishedMailNews::sent(MailOrder order, std::string message_id) {
    co_await publish(mail_event(order, message_id, nullptr, clock_.now()));
}

Task<> PublishedMailNews::failed(MailOrder order, std::string message_id, std::string error) {
    co_await publish(mail_event(order, message_id, &error, clock_.now()));
}

Task<> PublishedMailNews::publish(messaging::OutgoingEvent event) {
    std::vector<messaging::OutgoingEvent> events;
    events.push_back(std::move(event));
    const auto deadline = std::chrono::steady_clock::now() + publish_timeout;
    const auto confirmed = co_await publisher_.try_publish(std::move(events), deadline);
    if (!confirmed.front()) {
        throw Unavailable("the broker does not confirm the news of a mail");
    }
}

} // namespace tandem::email
