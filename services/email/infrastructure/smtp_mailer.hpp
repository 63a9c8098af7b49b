#pragma once

#include "libs/async/blocking_pool.hpp"
#include "libs/async/task_group.hpp"
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
    std::chrono::milliseconds send_timeout{20'000};  ///< for one mail, all in all
    std::chrono::milliseconds probe_interval{3'000}; ///< between two looks for a server
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

    /// Looks for the server until `ready`, and again when it is not any more: a greeting, a NOOP, a
    /// QUIT, on a thread of its own, so that no mail waits for it.
    void start(async::TaskGroup& tasks);

    Task<MailReceipt> send(Mail mail) override;
    /// True once the server was reached, until a mail finds it away.
    bool ready() const { return reachable_; }

private:
    class Connections;
    Task<> look_for_server();

    const Clock& clock_;
    std::shared_ptr<Connections> connections_;
    bool reachable_ = false;
    async::BlockingPool threads_;
    async::BlockingPool prober_;
};

} // namespace tandem::email
