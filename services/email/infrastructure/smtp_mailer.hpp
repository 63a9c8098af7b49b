#pragma once

#include "libs/async/blocking_pool.hpp"
#include "libs/kernel/time.hpp"
#include "services/email/core/send_mail.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace tandem::email {

struct SmtpOptions {
    std::string url;  ///< smtp://host:port, or smtps:// for TLS; user:password@ is understood
    std::string from; ///< the sender's address
    std::size_t connections = 2;
    std::chrono::milliseconds connect_timeout{5'000};
    std::chrono::milliseconds send_timeout{20'000}; ///< for one mail, all in all
};

/// Sends mails by SMTP (RFC 5321) through libcurl, as multipart/alternative with a text and an HTML
/// part. libcurl blocks, so each connection has a thread; connections are kept from mail to mail,
/// since a server may take its time to greet.
///
/// A recipient that the server refuses with a 5xx is a refusal for good. Any other 4xx or 5xx about
/// the mail throws std::runtime_error, everything else Unavailable.
class SmtpMailer final : public Mailer {
public:
    SmtpMailer(Executor executor, SmtpOptions options, const Clock& clock);
    ~SmtpMailer() override;

    Task<MailReceipt> send(Mail mail) override;
    /// False from a failed connection until the next mail that arrives.
    bool ready() const { return reachable_; }

private:
    class Connections;

    const Clock& clock_;
    std::shared_ptr<Connections> connections_;
    bool reachable_ = true;
    async::BlockingPool threads_;
};

} // namespace tandem::email
