#pragma once

#include "services/email/infrastructure/smtp_mailer.hpp"

#include <curl/curl.h>
#include <memory>

namespace tandem::email {

/// One kept SMTP connection; one thread at a time. Blocks.
class SmtpSession {
public:
    explicit SmtpSession(const SmtpOptions& options);

    /// As Mailer::send.
    MailReceipt send(const Mail& mail, Timestamp now);
    /// Greets the server and asks it for nothing; true when it answers in time. No mail may follow.
    bool probe();

private:
    struct EndSession {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };
    void prepare(std::chrono::milliseconds patience);
    CURLcode perform(const Mail& mail, Timestamp now);

    const SmtpOptions& options_;
    std::unique_ptr<CURL, EndSession> handle_;
    char error_[CURL_ERROR_SIZE] = {};
};

} // namespace tandem::email
