#include "lab/auditor/evidence.hpp"
#include "lab/auditor/judges.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

/// The events that the customer is told of in the shop.
constexpr std::array<std::string_view, 7> told{"order.created",
                                               "order.paid",
                                               "order.failed",
                                               "order.cancelled",
                                               "order.shipped",
                                               "order.delivered",
                                               "payment.refunded"};

class CompanyJudge {
public:
    CompanyJudge(const Dossier& dossier, Findings& findings) : dossier_(dossier), findings_(findings) {}

    void judge_payment(const PaymentRow& payment) {
        findings_.count(Law::company, "payments");
        const Account account = dossier_.account.value_or(Account());
        const Money kept =
            payment.status == "processed" || payment.status == "refunding" ? payment.amount : Money();
        if (account.kept() != kept) {
            violate(Needs::rest,
                    "payment_differs_from_ledger",
                    fmt::format("payment {} of order {} is {}, and the provider keeps {}",
                                payment.payment_id,
                                dossier_.order_id,
                                payment.status,
                                account.kept().to_string()));
        }
        if (account.charges == 1 && !payment.transaction_id.empty() &&
            payment.transaction_id != fmt::format("ch_{}", account.first_charge)) {
            violate(Needs::rest,
                    "payment_of_another_charge",
                    fmt::format("payment {} of order {} names {}, and the provider charged ch_{}",
                                payment.payment_id,
                                dossier_.order_id,
                                payment.transaction_id,
                                account.first_charge));
        }
        if (const OrderRow* order = dossier_.order()) {
            judge_payment_of(payment, *order);
        } else if (payment.status == "processed") {
            violate(Needs::rest,
                    "payment_without_order",
                    fmt::format("payment {} is processed for order {}, which is not there",
                                payment.payment_id,
                                dossier_.order_id));
        }
    }

    void judge_order(const OrderRow& order, std::span<const std::int64_t> users) {
        const auto status = dossier_.status();
        if (status && is_paid(*status) && dossier_.payments.empty()) {
            violate(Needs::rest,
                    "payment_missing",
                    fmt::format("order {} is {} and has no payment", dossier_.order_id, order.status));
        }
        if (!std::ranges::binary_search(users, order.user_id)) {
            violate(Needs::rest,
                    "order_of_nobody",
                    fmt::format(
                        "order {} belongs to user {}, who is not there", dossier_.order_id, order.user_id));
        }
        judge_notices(order);
    }

    void judge_purchases() {
        findings_.count(Law::company, "purchases out of carts", std::ssize(dossier_.purchases));
        const OrderRow* order = dossier_.order();
        for (const PurchaseRow& purchase : dossier_.purchases) {
            if (order == nullptr) {
                violate(Needs::rest,
                        "purchase_without_order",
                        fmt::format("order {} was taken out of a cart and is not there", dossier_.order_id));
            } else if (purchase.user_id != order->user_id) {
                violate(Needs::rest,
                        "purchase_of_another",
                        fmt::format("order {} of user {} was taken out of the cart of user {}",
                                    dossier_.order_id,
                                    order->user_id,
                                    purchase.user_id));
            }
        }
    }

    void judge_notices_of_nothing() {
        if (!dossier_.notices.empty()) {
            violate(Needs::nothing,
                    "notice_without_order",
                    fmt::format("a customer was told of order {}, which is not there", dossier_.order_id));
        }
    }

private:
    void judge_payment_of(const PaymentRow& payment, const OrderRow& order) {
        const auto status = dossier_.status();
        if (payment.amount != order.total) {
            violate(Needs::rest,
                    "payment_of_another_amount",
                    fmt::format("order {} costs {}, its payment is {}",
                                dossier_.order_id,
                                order.total.to_string(),
                                payment.amount.to_string()));
        }
        if (payment.user_id != order.user_id) {
            violate(Needs::rest,
                    "payment_of_another",
                    fmt::format("order {} of user {} has a payment of user {}",
                                dossier_.order_id,
                                order.user_id,
                                payment.user_id));
        }
        if (status && is_paid(*status) != (payment.status == "processed")) {
            violate(Needs::rest,
                    "payment_in_wrong_state",
                    fmt::format(
                        "order {} is {}, its payment {}", dossier_.order_id, order.status, payment.status));
        }
        const bool is_named = order.payment && order.payment->payment_id == payment.payment_id &&
                              order.payment->transaction_id == payment.transaction_id;
        if (status && is_paid(*status) && !is_named) {
            violate(Needs::rest,
                    "order_names_another_payment",
                    fmt::format("order {} names another payment than it has", dossier_.order_id));
        }
    }

    void judge_notices(const OrderRow& order) {
        findings_.count(Law::company, "notices", std::ssize(dossier_.notices));
        for (const std::string_view type : told) {
            const auto events = std::ranges::count(dossier_.events, type, &EventRow::type);
            const auto notices = std::ranges::count(dossier_.notices, type, &NoticeRow::type);
            if (events != notices) {
                violate(Needs::nothing,
                        "notice_differs",
                        fmt::format("order {} has {} events {} and told of it {} times",
                                    dossier_.order_id,
                                    events,
                                    type,
                                    notices));
            }
        }
        const auto is_others = [&](const NoticeRow& notice) { return notice.user_id != order.user_id; };
        if (std::ranges::any_of(dossier_.notices, is_others)) {
            violate(Needs::nothing,
                    "notice_to_another",
                    fmt::format(
                        "somebody else than user {} was told of order {}", order.user_id, dossier_.order_id));
        }
    }

    void violate(Needs needs, std::string_view kind, std::string sentence) {
        std::vector<std::string> notices;
        for (const NoticeRow& notice : dossier_.notices) {
            notices.push_back(fmt::format("{} to user {}", notice.type, notice.user_id));
        }
        findings_.violate(
            {Law::company,
             needs,
             kind,
             std::move(sentence),
             {order_fact(dossier_),
              payment_fact(dossier_),
              ledger_fact(dossier_),
              {"notices", notices.empty() ? "none" : fmt::format("{}", fmt::join(notices, "; "))},
              events_fact(dossier_)}});
    }

    const Dossier& dossier_;
    Findings& findings_;
};

} // namespace

void judge_company(const Dossier& dossier, std::span<const std::int64_t> users, Findings& findings) {
    CompanyJudge judge(dossier, findings);
    for (const PaymentRow& payment : dossier.payments) {
        judge.judge_payment(payment);
    }
    if (const OrderRow* order = dossier.order()) {
        judge.judge_order(*order, users);
    } else {
        judge.judge_notices_of_nothing();
    }
    judge.judge_purchases();
}

} // namespace tandem::audit
