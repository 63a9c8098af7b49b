#include "libs/async/keep_going.hpp"

#include "libs/async/failure.hpp"
#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <exception>

namespace tandem::async {
namespace {

struct Outcome {
    bool goes_on = true;
    std::exception_ptr failure;
};

Task<Outcome> take(const Turn& turn) {
    Outcome outcome;
    try {
        Task<bool> taken = turn();
        outcome.goes_on = co_await std::move(taken);
    } catch (const std::exception&) {
        outcome.failure = std::current_exception();
    }
    co_return outcome;
}

void report(const std::string& name, const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const Unavailable& error) {
        telemetry::log_warn("a background task waits for what it needs",
                            {{"task", name}, {"error", error.what()}});
    } catch (const std::exception& error) {
        report_failure(name, error.what());
    }
}

Task<bool> work_and_pause(const std::function<Task<>()>& work, std::chrono::milliseconds pause) {
    Task<> done = work();
    co_await std::move(done);
    co_await sleep_for(pause);
    co_return true;
}

} // namespace

Task<> keep_going(std::string name, Turn turn, Rests rests) {
    auto rest = rests.first;
    for (;;) {
        const Outcome outcome = co_await take(turn);
        if (!outcome.failure) {
            rest = rests.first;
            if (!outcome.goes_on) {
                co_return;
            }
            continue;
        }
        const auto state = co_await boost::asio::this_coro::cancellation_state;
        if (state.cancelled() != boost::asio::cancellation_type::none) {
            std::rethrow_exception(outcome.failure);
        }
        report(name, outcome.failure);
        co_await sleep_for(rest);
        rest = std::min(rest * 2, rests.longest);
    }
}

Task<> repeat(std::string name, std::chrono::milliseconds pause, std::function<Task<>()> work, Rests rests) {
    Turn turn = [pause, &work] { return work_and_pause(work, pause); };
    co_await keep_going(std::move(name), std::move(turn), rests);
}

} // namespace tandem::async
