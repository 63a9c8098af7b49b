#pragma once

#include "libs/kernel/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tandem::audit {

/// What the mailbox holds about one order: how many of each template ("order_paid").
struct MailsOfOrder {
    struct Count {
        std::string_view template_name;
        int mails = 0;
    };
    std::vector<Count> counts;

    int of(std::string_view template_name) const;
};

/// The mail catcher's mailbox. It keeps the latest mails only (1000 by default), and none from before its
/// own start, so that it cannot prove that a mail was never sent: it holds every mail since `since`.
struct Mailbox {
    bool is_reachable = false;
    std::string why_not; ///< when it is not
    std::int64_t mails = 0;
    std::optional<Timestamp> since; ///< of its oldest mail; nothing when it is empty
    std::unordered_map<std::int64_t, MailsOfOrder> by_order;

    void add(std::string_view subject, Timestamp at);
    /// A mail that was sent then is in here, if nobody threw it away.
    bool must_hold(Timestamp sent_after) const;
};

/// The template and the order in "Order Confirmation - Order #7"; nothing for other mails.
struct MailSubject {
    std::string_view template_name;
    std::int64_t order_id = 0;
};
std::optional<MailSubject> parse_subject(std::string_view subject);

/// Never throws for a mailbox that is away: the shop's own record of its mails is there without it.
Mailbox read_mailbox(const std::string& mail_url);

} // namespace tandem::audit
