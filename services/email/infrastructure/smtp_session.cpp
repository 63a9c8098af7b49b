#include "services/email/infrastructure/smtp_session.hpp"

#include "libs/kernel/unavailable.hpp"
#include "services/email/infrastructure/mime_headers.hpp"

#include <fmt/format.h>

namespace tandem::email {
namespace {

constexpr long service_not_available = 421; // RFC 5321, section 3.8: the server closes down

struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

struct FreeMime {
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Mime = std::unique_ptr<curl_mime, FreeMime>;

List list_of(const std::vector<std::string>& texts) {
    List list;
    for (const std::string& text : texts) {
        curl_slist* longer = curl_slist_append(list.get(), text.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc();
        }
        static_cast<void>(list.release());
        list.reset(longer);
    }
    return list;
}

void add_part(curl_mime* mime, const std::string& content, const char* type) {
    curl_mimepart* part = curl_mime_addpart(mime);
    curl_mime_data(part, content.data(), content.size());
    curl_mime_type(part, type);
    curl_mime_encoder(part, "quoted-printable");
}

/// What the server said about this mail, not about the connection.
bool answers_the_mail(CURLcode outcome, long code) {
    return (outcome == CURLE_SEND_ERROR || outcome == CURLE_WEIRD_SERVER_REPLY) && code >= 400 &&
           code < 600 && code != service_not_available;
}

} // namespace

SmtpSession::SmtpSession(const SmtpOptions& options) : options_(options), handle_(curl_easy_init()) {
    if (!handle_) {
        throw std::bad_alloc();
    }
}

void SmtpSession::prepare(std::chrono::milliseconds patience) {
    CURL* curl = handle_.get();
    curl_easy_reset(curl); // forgets the options, keeps the connection
    curl_easy_setopt(curl, CURLOPT_URL, options_.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options_.connect_timeout.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    error_[0] = '\0';
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error_);
}

bool SmtpSession::probe() {
    prepare(options_.connect_timeout);
    curl_easy_setopt(handle_.get(), CURLOPT_NOBODY, 1L);
    curl_easy_setopt(handle_.get(), CURLOPT_CUSTOMREQUEST, "NOOP");
    return curl_easy_perform(handle_.get()) == CURLE_OK;
}

CURLcode SmtpSession::perform(const Mail& mail, Timestamp now) {
    CURL* curl = handle_.get();
    const List recipients = list_of({"<" + mail.to.address + ">"});
    const List headers = list_of({"Content-Type: multipart/alternative",
                                  "Date: " + mail_date(now),
                                  "From: <" + options_.from + ">",
                                  "To: " + mailbox(mail.to),
                                  "Subject: " + header_text(mail.letter.subject),
                                  "Message-ID: " + mail.message_id,
                                  "Auto-Submitted: auto-generated"});
    const Mime mime(curl_mime_init(curl));
    add_part(mime.get(), mail.letter.text, "text/plain; charset=utf-8");
    add_part(mime.get(), mail.letter.html, "text/html; charset=utf-8");
    prepare(options_.send_timeout);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + options_.from + ">").c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime.get());
    const CURLcode outcome = curl_easy_perform(curl);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, nullptr); // freed before the handle is used again
    return outcome;
}

MailReceipt SmtpSession::send(const Mail& mail, Timestamp now) {
    const CURLcode outcome = perform(mail, now);
    if (outcome == CURLE_OK) {
        return {.accepted = true, .refusal = ""};
    }
    long code = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &code);
    const std::string_view reason = error_[0] != '\0' ? error_ : curl_easy_strerror(outcome);
    if (!answers_the_mail(outcome, code)) {
        throw Unavailable(fmt::format("no mail server: {}", reason));
    }
    // libcurl tells the refused recipient from other refusals in words only.
    if (code >= 500 && reason.starts_with("RCPT failed")) {
        return {.accepted = false,
                .refusal = fmt::format("The mail server refuses this recipient ({}).", code)};
    }
    throw std::runtime_error(fmt::format("the mail server refused the mail: {} ({})", reason, code));
}

} // namespace tandem::email
