#include "lab/auditor/audit.hpp"

#include "lab/auditor/dossiers.hpp"
#include "lab/auditor/judges.hpp"
#include "lab/auditor/rest.hpp"

#include <fmt/format.h>
#include <thread>

namespace tandem::audit {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr auto pause_between_looks = 250ms;

std::chrono::milliseconds since(SteadyClock::time_point begin) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - begin);
}

Rest wait_for_rest(RestWatch& watch, SteadyClock::time_point deadline) {
    for (;;) {
        Rest rest = watch.look();
        if (rest.is_at_rest() || SteadyClock::now() >= deadline) {
            return rest;
        }
        std::this_thread::sleep_for(pause_between_looks);
    }
}

std::vector<std::int64_t> read_users(const Shop& shop, Snapshots& snapshots) {
    RowStream rows(snapshots.session(shop.user), "SELECT id FROM users ORDER BY id");
    std::vector<std::int64_t> users;
    while (rows.next()) {
        users.push_back(rows.integer());
    }
    return users;
}

std::vector<StockRow> read_stock(const Shop& shop, Snapshots& snapshots) {
    RowStream rows(
        snapshots.session(shop.product),
        "SELECT product_id, initial, restocked, available, reserved, sold FROM stock ORDER BY product_id");
    std::vector<StockRow> stock;
    while (rows.next()) {
        StockRow row;
        for (std::int64_t* figure :
             {&row.product_id, &row.initial, &row.restocked, &row.available, &row.reserved, &row.sold}) {
            *figure = rows.integer();
        }
        stock.push_back(row);
    }
    return stock;
}

void judge_promised_keys(const Shop& shop, const Promises& promises, Findings& findings) {
    for (const BrokenKey& broken : promises.broken_keys) {
        if (broken.second >= shop.order_first && broken.second < shop.order_beyond) {
            findings.violate({Law::orders,
                              Needs::nothing,
                              "two_orders_of_one_key",
                              fmt::format("orders {} and {} were the answers to one idempotency key",
                                          broken.first,
                                          broken.second),
                              {{"promises", "both name the same user and the same key"}}});
        }
    }
}

/// Promises of the other shop are not this one's.
Promises promises_to(const Shop& shop, Promises promises) {
    std::erase_if(promises.all, [&](const Promise& promise) {
        return promise.order_id < shop.order_first || promise.order_id >= shop.order_beyond;
    });
    return promises;
}

void note_mailbox(const Mailbox& mailbox, Findings& findings) {
    findings.count(Law::mail, "mails in the mailbox", mailbox.mails);
    if (!mailbox.is_reachable) {
        findings.note(Law::mail, mailbox.why_not + "; judged by the shop's own record of its mails");
    } else if (mailbox.since) {
        findings.note(Law::mail,
                      "the mailbox keeps the latest mails, here from " + to_rfc3339(*mailbox.since) +
                          " on; older ones are judged by the shop's own record");
    } else {
        findings.note(Law::mail, "the mailbox is empty; judged by the shop's own record of its mails");
    }
}

void judge_all(const Shop& shop, const World& world, Findings& findings) {
    Snapshots snapshots;
    const std::vector<std::int64_t> users = read_users(shop, snapshots);
    const std::vector<StockRow> stock = read_stock(shop, snapshots);
    StockSums sums;
    Dossiers dossiers(shop, snapshots, world);
    for (Dossier dossier; dossiers.next(dossier);) {
        judge_orders(dossier, findings);
        judge_money(dossier, findings);
        judge_reservation(dossier, sums, findings);
        judge_mail(dossier, world.mailbox, findings);
        judge_history(dossier, findings);
        judge_company(dossier, users, findings);
    }
    judge_stock(stock, sums, findings);
}

Calm calm_between(const Rest& before, const Rest& after, const AuditOptions& options) {
    if (before.is_at_rest() && after.is_at_rest() && before.activity == after.activity) {
        return Calm::at_rest;
    }
    return options.wait > 0ms && !before.is_at_rest() ? Calm::stuck : Calm::moving;
}

std::string what_moves_between(const Rest& before, const Rest& after) {
    if (!before.is_at_rest()) {
        return before.what_moves();
    }
    return after.is_at_rest() ? "somebody used the shop while it was read" : after.what_moves();
}

struct Subject {
    const Shop& shop;
    Outside& outside;
    Promises promises;
};

Audit audit_once(RestWatch& watch,
                 const Subject& subject,
                 const AuditOptions& options,
                 SteadyClock::time_point deadline) {
    const Shop& shop = subject.shop;
    Audit audit{.architecture = shop.architecture, .findings = Findings(options.kept_max)};
    const Rest before = wait_for_rest(watch, deadline);
    audit.taken_at = to_rfc3339(SystemClock().now());
    const auto begin = SteadyClock::now();
    const World world{subject.outside.ledger(shop.order_first, shop.order_beyond),
                      subject.outside.mailbox(),
                      subject.promises};
    audit.findings.count(Law::money, "entries in the ledger", world.accounts.entries());
    note_mailbox(world.mailbox, audit.findings);
    judge_promised_keys(shop, world.promises, audit.findings);
    judge_all(shop, world, audit.findings);
    judge_rest(before, options.poison, audit.findings);
    const Rest after = watch.look();
    audit.calm = calm_between(before, after, options);
    if (audit.calm != Calm::at_rest) {
        audit.what_moves = what_moves_between(before, after);
    }
    audit.took = since(begin);
    return audit;
}

} // namespace

std::int64_t Audit::violations() const {
    std::int64_t sum = 0;
    for (const Law law : laws) {
        sum += findings.violations(law, calm);
    }
    return sum;
}

Audit audit(const Shop& shop, Outside& outside, const Promises& promises, const AuditOptions& options) {
    const auto begin = SteadyClock::now();
    const auto deadline = begin + options.wait;
    RestWatch watch(shop, outside);
    const Subject subject{shop, outside, promises_to(shop, promises)};
    for (;;) {
        Audit taken = audit_once(watch, subject, options, deadline);
        if (taken.calm != Calm::moving || SteadyClock::now() >= deadline) {
            taken.waited = since(begin) - taken.took;
            return taken;
        }
    }
}

} // namespace tandem::audit
