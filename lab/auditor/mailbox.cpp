#include "lab/auditor/mailbox.hpp"

#include "lab/auditor/unreadable.hpp"
#include "lab/auditor/web.hpp"
#include "libs/json/json.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

constexpr int mails_per_page = 200;
/// The time of a mail is cut to seconds.
constexpr std::chrono::seconds rounding{2};

struct SubjectOfTemplate {
    std::string_view begin;
    std::string_view template_name;
};
constexpr std::array subjects{SubjectOfTemplate{"Order Confirmation - Order #", "order_paid"},
                              SubjectOfTemplate{"Order Failed - Order #", "order_failed"},
                              SubjectOfTemplate{"Order Cancelled - Order #", "order_cancelled"},
                              SubjectOfTemplate{"Order Shipped - Order #", "order_shipped"}};

struct Summary {
    std::string subject;
    Timestamp time;
};
BOOST_DESCRIBE_STRUCT(Summary, (), (subject, time))

struct SummaryPage {
    std::vector<Summary> items;
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(SummaryPage, (), (items, total))

} // namespace

int MailsOfOrder::of(std::string_view template_name) const {
    const auto found = std::ranges::find(counts, template_name, &Count::template_name);
    return found == counts.end() ? 0 : found->mails;
}

std::optional<MailSubject> parse_subject(std::string_view subject) {
    for (const auto& [begin, template_name] : subjects) {
        if (!subject.starts_with(begin)) {
            continue;
        }
        const std::string_view number = subject.substr(begin.size());
        std::int64_t order = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), order);
        if (error == std::errc() && end == number.data() + number.size()) {
            return MailSubject{template_name, order};
        }
    }
    return std::nullopt;
}

void Mailbox::add(std::string_view subject, Timestamp at) {
    ++mails;
    since = since ? std::min(*since, at) : at;
    if (const auto about = parse_subject(subject)) {
        auto& counts = by_order[about->order_id].counts;
        const auto found =
            std::ranges::find(counts, about->template_name, &MailsOfOrder::Count::template_name);
        if (found == counts.end()) {
            counts.push_back({about->template_name, 1});
        } else {
            ++found->mails;
        }
    }
}

bool Mailbox::must_hold(Timestamp sent_after) const {
    return since && sent_after > *since + rounding;
}

Mailbox read_mailbox(const std::string& mail_url) {
    Mailbox mailbox;
    try {
        WebReader catcher("the mailbox", mail_url);
        for (std::int64_t total = 1; mailbox.mails < total;) {
            const auto page = json::read<SummaryPage>(catcher.get(
                fmt::format("/api/email/summary?skip={}&limit={}", mailbox.mails, mails_per_page)));
            if (!page) {
                throw Unreadable("the mailbox makes no sense: " + page.error().message());
            }
            for (const Summary& mail : page->items) {
                mailbox.add(mail.subject, mail.time);
            }
            total = page->items.empty() ? 0 : page->total;
        }
        mailbox.is_reachable = true;
    } catch (const Unreadable& away) {
        mailbox = {.why_not = away.what()};
    }
    return mailbox;
}

} // namespace tandem::audit
