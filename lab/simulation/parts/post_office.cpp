#include "lab/simulation/parts/post_office.hpp"

#include "libs/kernel/unavailable.hpp"
#include "services/email/infrastructure/published_mail_news.hpp"

namespace tandem::simulation {

using namespace email;

Task<MailReceipt> SimulatedMailer::send(Mail mail) {
    if (world_.has(Bug::buffered_mail)) {
        node_.spawn(put_into_mailbox(std::move(mail)));
        co_return MailReceipt{.accepted = true, .refusal = ""};
    }
    auto receipt = co_await hand_over(std::move(mail));
    co_return receipt;
}

Task<> SimulatedMailer::put_into_mailbox(Mail mail) {
    co_await hand_over(std::move(mail));
}

Task<MailReceipt> SimulatedMailer::hand_over(Mail mail) {
    co_await node_.sleep(world_.between_ms(1, 30));
    if (world_.strikes(Fault::mail_away, node_.name())) {
        throw Unavailable("no mail server");
    }
    if (world_.strikes(Fault::mail_refused, node_.name())) {
        throw std::runtime_error("450 try again later");
    }
    world_.story.tell("mailbox", "{}: {}", mail.to.address, mail.letter.subject);
    mailbox_.push_back({mail.to.address, mail.message_id, mail.letter.template_name, mail.letter.subject});
    co_await node_.sleep(world_.between_us(200, 1'000));
    if (world_.strikes(Fault::mail_answer_lost, node_.name())) {
        throw Unavailable("the mail server was lost before it answered");
    }
    co_return MailReceipt{.accepted = true, .refusal = ""};
}

Task<> SimulatedMailNews::sent(MailOrder order, std::string message_id) {
    co_await publish(mail_event(order, message_id, nullptr, world_.scheduler.now()));
}

Task<> SimulatedMailNews::failed(MailOrder order, std::string message_id, std::string error) {
    co_await publish(mail_event(order, message_id, &error, world_.scheduler.now()));
}

Task<> SimulatedMailNews::publish(messaging::OutgoingEvent event) {
    std::vector<messaging::OutgoingEvent> events;
    events.push_back(std::move(event));
    const auto confirmed = co_await publishing_.try_publish(std::move(events));
    if (!confirmed.front()) {
        throw Unavailable("the broker does not confirm the news of a mail");
    }
}

} // namespace tandem::simulation
