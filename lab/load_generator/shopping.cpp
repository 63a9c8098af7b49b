#include "lab/load_generator/shopping.hpp"

#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"

namespace tandem::lab {

Task<> Shopping::run(Schedule schedule, Findings& findings) {
    for (std::uint64_t request = 0; request < schedule.requests(); ++request) {
        const auto wait = schedule.due(request) - Schedule::Clock::now();
        if (wait.count() > 0) {
            co_await async::sleep_for(wait);
        }
        tasks_.spawn("buy", buy(request, schedule, findings));
    }
    co_await tasks_.join();
}

Task<> Shopping::buy(std::uint64_t request, Schedule schedule, Findings& findings) {
    const std::string token = tokens_[request % tokens_.size()];
    const auto due = schedule.due(request);
    const bool counts = schedule.counts(request);
    const auto sent = Schedule::Clock::now();
    ShopClient::Checkout answer;
    std::string end;
    Schedule::Clock::time_point accepted;
    try {
        answer = co_await shop_.check_out(token, product_id_);
        accepted = Schedule::Clock::now();
        if (answer.status == 200) {
            promises_ << ShopClient::promise_of(answer) << std::endl;
            end = co_await shop_.follow(token, answer.order_id);
        }
    } catch (const Unavailable& broken) {
        ++findings.errors[broken.what()];
    }
    const auto ended = Schedule::Clock::now();
    if (!counts) {
        co_return;
    }
    ++findings.sent;
    findings.send_lag.record(sent - due);
    if (answer.status != 200) {
        ++findings.errors["status " + std::to_string(answer.status)];
        co_return;
    }
    ++findings.accepted;
    findings.time_to_accepted.record(accepted - due);
    if (end != "paid") {
        ++findings.errors["ended as '" + end + "'"];
        co_return;
    }
    ++findings.confirmed;
    findings.time_to_confirmed.record(ended - due);
    findings.accepted_to_confirmed.record(ended - accepted);
}

} // namespace tandem::lab
