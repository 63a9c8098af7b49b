#include "lab/chaos/siege.hpp"

#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"

#include <fmt/format.h>
#include <fstream>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

constexpr auto door_patience = 10s;
constexpr auto between_status_lines = 5s;
constexpr auto calm_after_last = 5s;
constexpr auto calm_between_least = 2s; // also when a fault takes longer than was planned

/// The queues that somebody reads; the monolith has none.
std::vector<std::string> queues_of(const std::string& architecture) {
    if (architecture == "monolith") {
        return {};
    }
    return {"product_service_queue",
            "payment_service_queue",
            "order_updates_queue",
            "cart_service_queue",
            "email_service_queue"};
}

Targets targets_of(const SiegeOptions& options) {
    return {options.parts.applications,
            options.parts.stores,
            options.parts.others,
            queues_of(options.architecture)};
}

} // namespace

Siege::Siege(Executor executor, SiegeOptions options)
    : executor_(executor), options_(std::move(options)), door_(executor, options_.shop, door_patience),
      tandem_(executor, options_.tandem), outside_(executor, options_.provider_url, options_.broker_url),
      saboteur_(tandem_, outside_, options_.parts), journal_(executor, options_.out / "promises.jsonl"),
      faults_(executor), progress_(executor) {}

void Siege::say(const std::string& text) const {
    fmt::print(stderr, "  {:6.1f} s  {}\n", crowd_ ? crowd_->seconds_now() : 0.0, text);
}

Task<Shelf> Siege::furnish() {
    const std::string admin = co_await door_.sign_in(options_.admin_email, options_.admin_password);
    Shelf shelf;
    shelf.plenty = co_await door_.new_product(admin, "2.00", 1'000'000);
    shelf.declined = co_await door_.new_product(admin, "2.13", 1'000'000);
    shelf.sold_out = co_await door_.new_product(admin, "3.00", 0);
    std::vector<Customer> customers;
    for (int i = 0; i < options_.customers; ++i) {
        Customer customer = co_await door_.new_customer();
        customers.push_back(std::move(customer));
    }
    crowd_ = std::make_unique<Crowd>(executor_, door_, journal_, shelf, std::move(customers));
    co_return shelf;
}

Task<> Siege::run(ChaosFindings& findings) {
    behaviour_ = co_await outside_.behaviour();
    if (!queues_of(options_.architecture).empty()) {
        findings.dead_letters_before = co_await outside_.dead_letters();
    }
    co_await furnish();
    const auto begin = Schedule::Clock::now();
    const Schedule schedule(begin, options_.rate_per_s, 0s, options_.length + calm_after_last);
    const auto errands = draw_errands(options_.seed, schedule.requests());
    faults_.spawn("faults", strike(findings));
    progress_.spawn("progress", tell(findings));
    co_await crowd_->come(schedule, begin, errands);
    co_await faults_.join();
    if (is_over_) {
        co_return;
    }
    say("the last fault is over; healing, and waiting for quiet");
    co_await saboteur_.heal(behaviour_);
    co_await crowd_->leave_by(Schedule::Clock::now() + options_.patience);
    is_over_ = true;
    progress_.cancel();
    co_await progress_.join();
    findings.visits = crowd_->visits();
    if (!crowd_->failure().empty()) {
        throw std::runtime_error(crowd_->failure());
    }
    co_await judge(findings);
}

Task<> Siege::strike(ChaosFindings& findings) {
    const auto begin = Schedule::Clock::now();
    auto calm_until = begin;
    const auto now = [begin] {
        return std::chrono::duration<double>(Schedule::Clock::now() - begin).count();
    };
    for (const Fault& fault : plan_faults(options_.seed, options_.length, targets_of(options_))) {
        const auto due = std::max<Schedule::Clock::time_point>(begin + fault.begin, calm_until);
        co_await async::sleep_for(std::max(due - Schedule::Clock::now(), Schedule::Clock::duration(0)));
        if (is_over_ || Schedule::Clock::now() > begin + options_.length) {
            co_return;
        }
        say("begins: " + name_of(fault));
        FaultRecord record = co_await saboteur_.commit(fault, now);
        say(fmt::format("is over: {}, {:.1f} s{}{}",
                        record.name,
                        record.end_s - record.begin_s,
                        record.problem.empty() ? "" : ", could not be done: ",
                        record.problem));
        calm_until = Schedule::Clock::now() + calm_between_least;
        findings.poison += fault.kind == FaultKind::poison && record.problem.empty() ? 1 : 0;
        findings.faults.push_back(std::move(record));
    }
}

Task<> Siege::tell(ChaosFindings& findings) {
    while (!is_over_) {
        co_await async::sleep_for(between_status_lines);
        const Totals totals = totals_of(crowd_->visits());
        say(fmt::format("{} came, {} accepted, {} confirmed, {} do not know yet, {} faults",
                        totals.came,
                        totals.accepted,
                        totals.confirmed,
                        totals.unknown,
                        findings.faults.size()));
    }
}

Task<> Siege::plant(PromiseJournal& journal) {
    const std::int64_t nobodys = options_.architecture == "monolith" ? 1'999'999'999 : 999'999'999;
    co_await journal.keep(fmt::format(R"({{"order_id":{}}})", nobodys));
}

Task<> Siege::judge(ChaosFindings& findings) {
    if (options_.has_planted_promise) {
        co_await plant(journal_);
    }
    const auto promises = options_.out / "promises.jsonl";
    const Journal journal = recover_journal(promises);
    findings.promises_on_disk = static_cast<std::int64_t>(journal.lines.size());
    say(fmt::format("the auditor waits for rest, at most {} s", options_.patience.count()));
    const std::chrono::milliseconds patience = options_.patience;
    const CommandResult audit =
        co_await tandem_.run(options_.auditor,
                             {"--arch",
                              options_.architecture,
                              "--promises",
                              promises.string(),
                              "--wait-ms",
                              std::to_string(patience.count()),
                              "--poison",
                              std::to_string(findings.poison + findings.dead_letters_before),
                              "--json"});
    std::ofstream(options_.out / "audit.json") << audit.output;
    findings.judgement = parse_judgement(audit.exit_code, audit.output);
    findings.verdict = verdict_of(
        findings.judgement, findings.faults, totals_of(findings.visits).accepted, findings.promises_on_disk);
}

Task<> Siege::give_up() {
    is_over_ = true;
    faults_.cancel();
    co_await faults_.join();
    if (!behaviour_.empty()) {
        co_await saboteur_.heal(behaviour_);
    }
}

} // namespace tandem::lab
