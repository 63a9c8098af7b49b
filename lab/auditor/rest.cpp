#include "lab/auditor/rest.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

using namespace std::chrono_literals;

/// RabbitMQ collects its figures every five seconds.
constexpr std::chrono::milliseconds age_of_figures = 6s;

std::int64_t number(const std::optional<std::string>& text) {
    std::int64_t value = 0;
    if (text) {
        std::from_chars(text->data(), text->data() + text->size(), value);
    }
    return value;
}

constexpr const char* last_received =
    "SELECT coalesce(max(received_at)::text, ''),"
    " coalesce(extract(epoch FROM clock_timestamp() - max(received_at)) * 1000, 1e9)::bigint FROM inbox";

std::string holds(const Backlog& backlog) {
    return fmt::format("{} holds {}{}",
                       backlog.name,
                       backlog.waiting,
                       backlog.oldest.empty() ? "" : ", the oldest since " + backlog.oldest);
}

} // namespace

bool Rest::is_at_rest() const {
    return trusts_figures &&
           std::ranges::all_of(backlogs, [](const Backlog& each) { return each.waiting == 0; });
}

std::string Rest::what_moves() const {
    const auto moving = std::ranges::find_if(backlogs, [](const Backlog& each) { return each.waiting > 0; });
    if (moving != backlogs.end()) {
        return holds(*moving);
    }
    return fmt::format("something happened {} ms ago, and the broker's figures are up to 5 s old",
                       quiet_for.count());
}

RestWatch::RestWatch(const Shop& shop, Outside& outside)
    : outside_(outside), order_(shop.order), payment_(shop.payment), product_(shop.product), cart_(shop.cart),
      user_(shop.user) {
    if (shop.joint) {
        joint_.emplace(*shop.joint);
    }
}

void RestWatch::add(Session& session, Rest& rest, const std::string& name, const std::string& counting) {
    const auto row = session.row(counting);
    rest.backlogs.push_back({name, number(row.at(0)), row.at(1).value_or("")});
}

void RestWatch::look_at_outboxes(Rest& rest) {
    const std::string outbox = "SELECT count(*), min(created_at)::text FROM outbox";
    add(order_,
        rest,
        "orders that have not ended",
        "SELECT count(*), min(created_at)::text FROM orders WHERE status IN ('pending', 'processing')");
    add(order_,
        rest,
        "outbox of order",
        "SELECT count(*), min(created_at)::text FROM order_events"
        " WHERE routing_key IS NOT NULL AND published_at IS NULL");
    add(payment_, rest, "outbox of payment", outbox);
    add(product_, rest, "outbox of product", outbox);
    add(user_, rest, "outbox of user", outbox);
    add(payment_,
        rest,
        "payments that are due",
        "SELECT count(*), min(created_at)::text FROM payments WHERE status IN ('pending', 'refunding')");
}

void RestWatch::look_at_deliveries(Rest& rest) {
    add(*joint_, rest, "outbox of mails", "SELECT count(*), min(created_at)::text FROM outbox");
    add(*joint_,
        rest,
        "deliveries",
        "SELECT count(*), min(created_at)::text FROM deliveries WHERE dead_at IS NULL");
    const auto dead =
        joint_->row("SELECT count(*), min(dead_at)::text FROM deliveries WHERE dead_at IS NOT NULL");
    rest.dead.push_back({"deliveries that were given up", number(dead.at(0)), dead.at(1).value_or("")});
}

void RestWatch::look_at_activity(Rest& rest) {
    const auto drawn = order_.row("SELECT last_value::text FROM order_ids");
    rest.activity = drawn.at(0).value_or("");
    rest.quiet_for = 24h;
    for (Session* session : {&order_, &payment_, &product_, &cart_}) {
        const auto last = session->row(last_received);
        rest.activity += " " + last.at(0).value_or("");
        rest.quiet_for = std::min(rest.quiet_for, std::chrono::milliseconds(number(last.at(1))));
    }
}

Rest RestWatch::look() {
    Rest rest;
    look_at_outboxes(rest);
    if (joint_) {
        look_at_deliveries(rest);
        look_at_activity(rest);
        return rest;
    }
    Queues queues = outside_.queues();
    std::ranges::move(queues.waiting, std::back_inserter(rest.backlogs));
    rest.dead = std::move(queues.dead);
    look_at_activity(rest);
    rest.trusts_figures = rest.quiet_for >= age_of_figures;
    return rest;
}

void judge_rest(const Rest& rest, std::int64_t poison, Findings& findings) {
    findings.count(Law::rest, "outboxes, queues and tables of work", std::ssize(rest.backlogs));
    for (const Backlog& backlog : rest.backlogs) {
        if (backlog.waiting > 0) {
            findings.violate({Law::rest,
                              Needs::patience,
                              "work_waits",
                              holds(backlog),
                              {{"oldest", backlog.oldest.empty() ? "unknown" : backlog.oldest}}});
        }
    }
    std::int64_t dead = 0;
    std::vector<Fact> evidence;
    for (const Backlog& queue : rest.dead) {
        findings.count(Law::rest, "places for what was given up");
        dead += queue.waiting;
        evidence.push_back({queue.name, std::to_string(queue.waiting)});
    }
    findings.count(Law::rest, "messages given up", dead);
    if (dead != poison) {
        findings.violate({Law::rest,
                          Needs::nothing,
                          dead > poison ? "given_up" : "poison_vanished",
                          fmt::format("{} messages were given up, {} were injected for it", dead, poison),
                          std::move(evidence)});
    }
}

} // namespace tandem::audit
