#include "monolith/modules/post_office.hpp"

#include "libs/messaging/outbox.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/trace.hpp"
#include "monolith/infrastructure/event_bus_statements.hpp"
#include "services/email/infrastructure/published_mail_news.hpp"

#include <boost/system/system_error.hpp>

namespace tandem::monolith {

Task<> StoredMailNews::sent(email::MailOrder order, std::string message_id) {
    return store(email::mail_event(order, message_id, nullptr, clock_.now()));
}

Task<> StoredMailNews::failed(email::MailOrder order, std::string message_id, std::string error) {
    return store(email::mail_event(order, message_id, &error, clock_.now()));
}

Task<> StoredMailNews::store(messaging::OutgoingEvent event) {
    std::vector<postgres::Statement> unit{messaging::store_events({std::move(event)})};
    co_await pool_.execute(std::move(unit));
    stored_();
}

PostOffice::PostOffice(runtime::Service& service,
                       Database& database,
                       const Config& config,
                       std::function<void()> stored)
    : message_id_domain_("tandem." + std::string(email::domain_of(config.smtp.from))),
      smtp_(service.executor(), config.smtp, clock_), mailer_(smtp_, config.email_delay),
      news_(database.joint(), clock_, std::move(stored)), send_mail_(mailer_, news_, message_id_domain_),
      consumer_(send_mail_, attempts_max) {
    service.add_check("mail server", [this] { return smtp_.ready(); });
    smtp_.start(service.tasks());
}

Task<std::optional<email::MailReceipt>> PostOffice::send(email::Mail mail) {
    const std::string message_id = mail.message_id;
    auto span = telemetry::Span::start("send mail " + mail.letter.template_name, mail.context);
    mail.context = span.context();
    try {
        auto receipt = co_await mailer_.send(std::move(mail));
        co_return receipt;
    } catch (const boost::system::system_error&) {
        throw; // cancelled
    } catch (const std::exception& error) {
        span.fail(error.what());
        telemetry::log_warn("a confirmation has to follow later",
                            {{"message_id", message_id}, {"error", error.what()}});
    }
    co_return std::nullopt;
}

} // namespace tandem::monolith
