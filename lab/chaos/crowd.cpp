#include "lab/chaos/crowd.hpp"

#include "lab/chaos/dice.hpp"
#include "lab/load_generator/shop_client.hpp"
#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/kernel/uuid.hpp"

#include <algorithm>

namespace tandem::lab {
namespace {

using Clock = Schedule::Clock;
using namespace std::chrono_literals;

/// Longer and longer from one try to the next.
class Pauses {
public:
    Task<> pause() {
        co_await async::sleep_for(next_);
        next_ = std::min(next_ * 2, longest);
    }

private:
    static constexpr std::chrono::milliseconds longest = 2s;
    std::chrono::milliseconds next_ = 200ms;
};

} // namespace

std::vector<Errand> draw_errands(std::uint64_t seed, std::size_t customers) {
    Dice dice(seed);
    std::vector<Errand> errands;
    for (std::size_t i = 0; i < customers; ++i) {
        const std::uint64_t drawn = dice.below(100);
        errands.push_back(drawn < 84   ? Errand::buy
                          : drawn < 92 ? Errand::cancel
                          : drawn < 97 ? Errand::declined
                                       : Errand::sold_out);
    }
    return errands;
}

double Crowd::seconds_now() const {
    return std::chrono::duration<double>(Clock::now() - begin_).count();
}

std::int64_t Crowd::product_for(Errand errand) const {
    return errand == Errand::declined   ? shelf_.declined
           : errand == Errand::sold_out ? shelf_.sold_out
                                        : shelf_.plenty;
}

Task<> Crowd::come(Schedule schedule, Clock::time_point begin, std::vector<Errand> errands) {
    begin_ = begin;
    for (std::uint64_t i = 0; i < errands.size() && !is_late(); ++i) {
        const auto due = schedule.due(i);
        if (const auto wait = due - Clock::now(); wait.count() > 0) {
            co_await async::sleep_for(wait);
        }
        visits_.push_back(
            {.due_s = std::chrono::duration<double>(due - begin_).count(), .errand = errands[i]});
        tasks_.spawn("visit", shop(visits_.back(), customers_[i % customers_.size()]));
    }
}

Task<> Crowd::leave_by(Clock::time_point last) {
    last_ = last;
    co_await tasks_.join();
}

Task<> Crowd::shop(Visit& visit, Customer& customer) {
    const std::string key = uuid_v7();
    const CheckoutAnswer answer = co_await check_out(visit, customer, key);
    if (answer.kind != Answer::accepted) {
        co_return;
    }
    co_await keep(visit, answer, key);
    if (visit.errand == Errand::cancel) {
        co_await cancel(visit, customer);
    }
    co_await follow(visit, customer);
}

Task<CheckoutAnswer> Crowd::check_out(Visit& visit, Customer& customer, std::string key) {
    Pauses pauses;
    for (;;) {
        CheckoutAnswer answer = co_await door_.check_out(customer.token, product_for(visit.errand), key);
        if (visit.first == Answer::none) {
            visit.first = answer.kind;
            visit.first_answer_s = seconds_now();
        }
        visit.last = answer.kind;
        visit.reason = answer.reason;
        visit.was_ambiguous = visit.was_ambiguous || answer.kind == Answer::ambiguous;
        const bool is_known = answer.kind == Answer::accepted || answer.kind == Answer::refused;
        if (is_known || is_late()) {
            co_return answer;
        }
        if (answer.is_token_stale) {
            co_await renew(customer);
        }
        co_await pauses.pause();
        ++visit.asked_again;
    }
}

Task<> Crowd::keep(Visit& visit, const CheckoutAnswer& accepted, const std::string& key) {
    const ShopClient::Checkout promise{
        200, accepted.order_id, accepted.state, accepted.user_id, accepted.total, key};
    try {
        co_await journal_.keep(ShopClient::promise_of(promise));
    } catch (const std::runtime_error& error) {
        failure_ = error.what();
    }
    visit.order_id = accepted.order_id;
    visit.accepted_s = seconds_now();
}

Task<> Crowd::cancel(const Visit& visit, Customer& customer) {
    for (Pauses pauses; !is_late();) {
        const bool is_answered = co_await door_.cancel(customer.token, visit.order_id);
        if (is_answered) {
            co_return;
        }
        co_await pauses.pause();
    }
}

Task<> Crowd::follow(Visit& visit, Customer& customer) {
    for (Pauses pauses; !is_late();) {
        visit.end = co_await door_.end_of(customer.token, visit.order_id);
        if (!visit.end.empty()) {
            visit.ended_s = seconds_now();
            co_return;
        }
        co_await pauses.pause();
    }
}

Task<> Crowd::renew(Customer& customer) {
    try {
        co_await door_.sign_in_again(customer);
    } catch (const std::runtime_error&) {
        co_return; // the next try will tell
    }
}

} // namespace tandem::lab
