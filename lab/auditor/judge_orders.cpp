#include "lab/auditor/evidence.hpp"
#include "lab/auditor/judges.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

void violate(
    Findings& findings, Needs needs, std::string_view kind, std::string sentence, const Dossier& dossier) {
    findings.violate({Law::orders,
                      needs,
                      kind,
                      std::move(sentence),
                      {order_fact(dossier), promise_fact(dossier), key_fact(dossier), events_fact(dossier)}});
}

void judge_promise(const Dossier& dossier, const Promise& promise, Findings& findings) {
    const OrderRow* order = dossier.order();
    const std::int64_t id = dossier.order_id;
    if (order == nullptr) {
        violate(findings,
                Needs::nothing,
                "order_lost",
                fmt::format("order {} was accepted and is not there", id),
                dossier);
        return;
    }
    if (promise.user_id && *promise.user_id != order->user_id) {
        violate(findings,
                Needs::nothing,
                "order_of_another",
                fmt::format("order {} was accepted for user {} and belongs to user {}",
                            id,
                            *promise.user_id,
                            order->user_id),
                dossier);
    }
    if (promise.total && *promise.total != order->total) {
        violate(findings,
                Needs::nothing,
                "order_differs",
                fmt::format("order {} was accepted for {} and costs {}",
                            id,
                            promise.total->to_string(),
                            order->total.to_string()),
                dossier);
    }
    const auto is_it = [&](const KeyRow& key) { return print_of_key(key.user_id, key.key) == promise.key; };
    if (promise.key != 0 && promise.user_id && std::ranges::none_of(dossier.keys, is_it)) {
        violate(findings,
                Needs::nothing,
                "key_forgotten",
                fmt::format("order {} was accepted under a key that does not stand for it", id),
                dossier);
    }
}

/// The same key again is the same promise; another one would be a second checkout.
bool has_two_checkouts(const std::vector<Promise>& promises) {
    return std::ranges::any_of(promises,
                               [&](const Promise& each) { return each.key != promises.front().key; });
}

void judge_keys(const Dossier& dossier, Findings& findings) {
    const OrderRow* order = dossier.order();
    const std::int64_t id = dossier.order_id;
    if (order == nullptr && !dossier.keys.empty()) {
        violate(findings,
                Needs::nothing,
                "key_without_order",
                fmt::format("an idempotency key was answered with order {}, which is not there", id),
                dossier);
    }
    if (dossier.keys.size() > 1) {
        violate(findings,
                Needs::nothing,
                "order_of_two_keys",
                fmt::format("order {} is the answer to {} idempotency keys", id, dossier.keys.size()),
                dossier);
    }
    for (const KeyRow& key : dossier.keys) {
        if (order != nullptr && key.user_id != order->user_id) {
            violate(
                findings,
                Needs::nothing,
                "key_of_another",
                fmt::format(
                    "order {} of user {} is the answer to a key of user {}", id, order->user_id, key.user_id),
                dossier);
        }
        if (!key.has_answer) {
            violate(
                findings,
                Needs::nothing,
                "key_without_answer",
                fmt::format("the key of order {} is kept without the answer that its repetition gets", id),
                dossier);
        }
    }
}

} // namespace

void judge_orders(const Dossier& dossier, Findings& findings) {
    const OrderRow* order = dossier.order();
    findings.count(Law::orders, "orders", order == nullptr ? 0 : 1);
    findings.count(Law::orders, "keys", std::ssize(dossier.keys));
    findings.count(Law::orders, "promises", std::ssize(dossier.promises));
    for (const Promise& promise : dossier.promises) {
        judge_promise(dossier, promise, findings);
    }
    if (has_two_checkouts(dossier.promises)) {
        violate(findings,
                Needs::nothing,
                "order_of_two_checkouts",
                fmt::format("order {} was the answer to two checkouts", dossier.order_id),
                dossier);
    }
    judge_keys(dossier, findings);
    if (order == nullptr) {
        if (!dossier.timings.empty()) {
            violate(
                findings,
                Needs::nothing,
                "answered_order_lost",
                fmt::format("a checkout was answered with order {}, which is not there", dossier.order_id),
                dossier);
        }
        return;
    }
    const auto status = dossier.status();
    if (!status) {
        violate(findings,
                Needs::nothing,
                "order_in_no_state",
                fmt::format("order {} is '{}', which is no state", dossier.order_id, order->status),
                dossier);
    } else if (is_open(*status)) {
        violate(findings,
                Needs::patience,
                "order_open",
                fmt::format("order {} has not ended: it is {}", dossier.order_id, order->status),
                dossier);
    }
}

} // namespace tandem::audit
