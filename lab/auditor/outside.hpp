#pragma once

#include "lab/auditor/ledger.hpp"
#include "lab/auditor/mailbox.hpp"
#include "lab/auditor/queues.hpp"

#include <cstdint>
#include <string>

namespace tandem::audit {

/// What is asked of others than the databases. Throws Unreadable.
class Outside {
public:
    virtual ~Outside() = default;
    /// Of orders from `first` on and before `beyond`.
    virtual Accounts ledger(std::int64_t first, std::int64_t beyond) = 0;
    /// Never throws: the shop's own record of its mails is there without it.
    virtual Mailbox mailbox() = 0;
    virtual Queues queues() = 0;
};

/// The payment provider, the mail catcher and RabbitMQ's management API over HTTP.
class WebOutside final : public Outside {
public:
    WebOutside(std::string provider_url, std::string mail_url, std::string broker_url)
        : provider_url_(std::move(provider_url)), mail_url_(std::move(mail_url)),
          broker_url_(std::move(broker_url)) {}

    Accounts ledger(std::int64_t first, std::int64_t beyond) override {
        return read_ledger(provider_url_, first, beyond);
    }
    Mailbox mailbox() override { return read_mailbox(mail_url_); }
    Queues queues() override { return read_queues(broker_url_); }

private:
    std::string provider_url_;
    std::string mail_url_;
    std::string broker_url_;
};

} // namespace tandem::audit
