#include "lab/auditor/event_bodies.hpp"
#include "lab/auditor/evidence.hpp"
#include "lab/auditor/judges.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

struct Turn {
    std::string_view event_type;
    std::string_view template_name;
    std::string_view mail; ///< as people call it
};
constexpr std::array turns{Turn{"order.paid", "order_paid", "confirmation"},
                           Turn{"order.failed", "order_failed", "notice that it failed"},
                           Turn{"order.cancelled", "order_cancelled", "notice that it was cancelled"},
                           Turn{"order.shipped", "order_shipped", "notice that it was shipped"}};

/// What the history says of the mails: which event each was about, and whether it went out.
struct MailNews {
    std::string template_name;
    std::string message_id;
    bool is_sent = false;
};

std::vector<MailNews> news_of(const Dossier& dossier) {
    std::vector<MailNews> news;
    for (const EventRow& event : dossier.events) {
        const bool is_sent = event.type == "email.sent";
        if (!is_sent && event.type != "email.failed") {
            continue;
        }
        if (auto mail = read_mail(event.body)) {
            news.push_back({std::move(mail->template_name), std::move(mail->message_id), is_sent});
        }
    }
    return news;
}

class MailJudge {
public:
    MailJudge(const Dossier& dossier, const Mailbox& mailbox, Findings& findings)
        : dossier_(dossier), mailbox_(mailbox), findings_(findings), news_(news_of(dossier)) {}

    void judge() {
        for (const EventRow& event : dossier_.events) {
            const auto turn = std::ranges::find(turns, event.type, &Turn::event_type);
            if (turn != turns.end()) {
                judge_turn(event, *turn);
            }
        }
        for (const auto& [template_name, mails] : dossier_.mails.counts) {
            judge_caught(template_name, mails);
        }
    }

private:
    /// The Message-ID of a mail begins with the id of the event that it is about.
    bool is_about(const MailNews& mail, const EventRow& event, const Turn& turn) const {
        return mail.template_name == turn.template_name &&
               mail.message_id.starts_with("<" + to_string(event.event_id) + "@");
    }

    void judge_turn(const EventRow& event, const Turn& turn) {
        findings_.count(Law::mail, "mails due");
        const auto mine = [&](const MailNews& mail) { return is_about(mail, event, turn); };
        const auto sent =
            std::ranges::find_if(news_, [&](const MailNews& mail) { return mail.is_sent && mine(mail); });
        if (sent == news_.end()) {
            if (std::ranges::any_of(news_, mine)) {
                findings_.count(Law::mail, "refused by the mail server");
                return;
            }
            violate(
                Needs::rest, "mail_missing", fmt::format("order {} has no {}", dossier_.order_id, turn.mail));
            return;
        }
        findings_.count(Law::mail, "sent");
        if (!mailbox_.must_hold(event.created_at)) {
            return;
        }
        findings_.count(Law::mail, "looked for in the mailbox");
        if (dossier_.mails.of(turn.template_name) == 0) {
            violate(Needs::rest,
                    "mail_not_in_mailbox",
                    fmt::format("the {} of order {} is noted as sent, and the mailbox does not hold it",
                                turn.mail,
                                dossier_.order_id));
        }
    }

    void judge_caught(std::string_view template_name, int mails) {
        findings_.count(Law::mail, "duplicates", mails - 1);
        const auto turn = std::ranges::find(turns, template_name, &Turn::template_name);
        const bool happened = std::ranges::any_of(
            dossier_.events, [&](const EventRow& event) { return event.type == turn->event_type; });
        if (happened) {
            return;
        }
        if (dossier_.order() == nullptr) {
            findings_.count(Law::mail, "mails of orders that were rolled back");
            return;
        }
        violate(Needs::rest,
                "mail_of_nothing",
                fmt::format("the customer of order {} was sent a {}, which it is not",
                            dossier_.order_id,
                            turn->mail));
    }

    void violate(Needs needs, std::string_view kind, std::string sentence) {
        std::vector<std::string> caught;
        for (const auto& [template_name, mails] : dossier_.mails.counts) {
            caught.push_back(fmt::format("{} {}", mails, template_name));
        }
        findings_.violate(
            {Law::mail,
             needs,
             kind,
             std::move(sentence),
             {order_fact(dossier_),
              events_fact(dossier_),
              {"mailbox", caught.empty() ? "none" : fmt::format("{}", fmt::join(caught, "; "))}}});
    }

    const Dossier& dossier_;
    const Mailbox& mailbox_;
    Findings& findings_;
    std::vector<MailNews> news_;
};

} // namespace

void judge_mail(const Dossier& dossier, const Mailbox& mailbox, Findings& findings) {
    MailJudge(dossier, mailbox, findings).judge();
}

} // namespace tandem::audit
