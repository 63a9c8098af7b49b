#include "services/email/core/send_mail.hpp"

#include "libs/kernel/unavailable.hpp"

#include <utility>

namespace tandem::email {
namespace {

/// Takes the note back unless the mail went out, so that the next delivery tries again.
class Attempt {
public:
    Attempt(SentMails& sent, std::string event_id) : sent_(sent), event_id_(std::move(event_id)) {
        sent_.note(event_id_, Progress::sending);
    }
    ~Attempt() {
        if (!succeeded_) {
            sent_.forget(event_id_);
        }
    }
    void succeeded() {
        succeeded_ = true;
        sent_.note(event_id_, Progress::sent);
    }

private:
    SentMails& sent_;
    std::string event_id_;
    bool succeeded_ = false;
};

} // namespace

std::string message_id(const std::string& event_id, const std::string& domain) {
    return "<" + event_id + "@" + domain + ">";
}

Task<> SendMail::send(MailOrder order) {
    const Progress progress = sent_.progress(order.event_id);
    if (progress == Progress::settled) {
        co_return;
    }
    if (progress == Progress::sending) {
        throw Unavailable("the mail of this event is being sent");
    }
    const std::string event_id = order.event_id;
    const std::string message_id = email::message_id(event_id, message_id_domain_);
    MailReceipt receipt{.accepted = true, .refusal = ""};
    if (progress == Progress::unknown) {
        receipt = co_await deliver(order, message_id);
    }
    if (receipt.accepted) {
        co_await news_.sent(std::move(order), message_id);
    } else {
        co_await news_.failed(std::move(order), message_id, receipt.refusal);
    }
    sent_.note(event_id, Progress::settled);
}

Task<> SendMail::give_up(MailOrder order) {
    const std::string message_id = email::message_id(order.event_id, message_id_domain_);
    co_await news_.failed(
        std::move(order), message_id, "The mail server has not taken this mail, however often it was tried.");
}

Task<MailReceipt> SendMail::deliver(MailOrder order, std::string message_id) {
    MailReceipt receipt;
    if (!is_mail_address(order.to.address)) {
        receipt.refusal = "This is no mail address that we can write to.";
        co_return receipt;
    }
    Attempt attempt(sent_, order.event_id);
    Mail mail{std::move(order.to), std::move(message_id), std::move(order.letter), order.context};
    receipt = co_await mailer_.send(std::move(mail));
    if (receipt.accepted) {
        attempt.succeeded();
    }
    co_return receipt;
}

} // namespace tandem::email
