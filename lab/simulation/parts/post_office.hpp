#pragma once

#include "lab/simulation/parts/publisher.hpp"
#include "services/email/core/send_mail.hpp"

namespace tandem::simulation {

/// A mail that somebody has in their mailbox.
struct ReceivedMail {
    std::string to;
    std::string message_id;
    std::string template_name;
    std::string subject;
};
using Mailbox = std::vector<ReceivedMail>;

/// A double of SmtpMailer with the mail server behind it.
class SimulatedMailer final : public email::Mailer {
public:
    SimulatedMailer(World& world, Mailbox& mailbox, Node& node)
        : world_(world), mailbox_(mailbox), node_(node) {}

    Task<email::MailReceipt> send(email::Mail mail) override;

private:
    Task<email::MailReceipt> hand_over(email::Mail mail);
    Task<> put_into_mailbox(email::Mail mail);

    World& world_;
    Mailbox& mailbox_;
    Node& node_;
};

/// A double of PublishedMailNews, around the same event.
class SimulatedMailNews final : public email::MailNews {
public:
    SimulatedMailNews(World& world, Broker& broker, Node& node)
        : world_(world), publishing_(world, broker, node) {}

    Task<> sent(email::MailOrder order, std::string message_id) override;
    Task<> failed(email::MailOrder order, std::string message_id, std::string error) override;

private:
    Task<> publish(messaging::OutgoingEvent event);

    World& world_;
    Publishing publishing_;
};

} // namespace tandem::simulation
