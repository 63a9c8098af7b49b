#include "lab/compare/shoppers.hpp"

#include "lab/load_generator/schedule.hpp"
#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"

#include <fmt/format.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

/// The history is asked seldom, and ever more seldom: it says itself when the mail was sent.
constexpr std::chrono::milliseconds first_pause = 200ms;
constexpr std::chrono::milliseconds longest_pause = 2s;

void count_second(std::vector<std::uint64_t>& counts, std::chrono::nanoseconds since_begin) {
    const auto second = static_cast<std::size_t>(std::max(since_begin, 0ns) /
                                                 std::chrono::nanoseconds(std::chrono::seconds(1)));
    counts.resize(std::max(counts.size(), second + 1));
    ++counts[second];
}

double seconds(std::chrono::nanoseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

/// The wall clock's moment on the clock of the schedule.
std::chrono::steady_clock::time_point on_steady_clock(Timestamp moment) {
    const auto ago = SystemClock().now() - moment;
    return std::chrono::steady_clock::now() - std::chrono::duration_cast<std::chrono::nanoseconds>(ago);
}

} // namespace

std::vector<std::chrono::nanoseconds>
arrivals(const Profile& profile, double rate, std::chrono::seconds length) {
    if (profile.at_once) {
        return std::vector<std::chrono::nanoseconds>(static_cast<std::size_t>(rate));
    }
    const Schedule schedule({}, rate, 0s, length);
    std::vector<std::chrono::nanoseconds> due;
    for (std::uint64_t request = 0; request < schedule.requests(); ++request) {
        due.push_back(schedule.due(request).time_since_epoch());
    }
    return due;
}

Task<> Shoppers::prepare(int customers, int products, std::string admin_token) {
    free_.clear();
    products_.clear();
    for (int i = 0; i < products; ++i) {
        const auto product = co_await shop_.new_product(admin_token);
        products_.push_back(product);
    }
    constexpr int side_by_side = 4; // passwords are hashed, which takes its time
    for (int i = 0; i < side_by_side; ++i) {
        tasks_.spawn("customers", add_customers((customers + side_by_side - 1 - i) / side_by_side));
    }
    co_await tasks_.join();
    if (free_.size() < static_cast<std::size_t>(customers)) {
        throw std::runtime_error("not all customers could be registered; the log above tells why");
    }
}

Task<> Shoppers::add_customers(int count) {
    for (int i = 0; i < count; ++i) {
        auto token = co_await shop_.new_customer();
        free_.push_back(std::move(token));
    }
}

Task<>
Shoppers::play(Clock::time_point begin, std::vector<std::chrono::nanoseconds> due, Sessions& sessions) {
    for (std::size_t i = 0; i < due.size(); ++i) {
        const auto wait = begin + due[i] - Clock::now();
        if (wait > 0ns) {
            co_await async::sleep_for(wait);
        }
        ++sessions.sent;
        sessions.visits.push_back({.due_s = seconds(due[i])});
        if (free_.empty()) {
            ++sessions.errors["no customer was free"];
            continue;
        }
        Session session{free_.front(), products_[i % products_.size()], begin, begin + due[i], i};
        free_.pop_front();
        tasks_.spawn("session", shop_once(std::move(session), sessions));
    }
    co_await tasks_.join();
}

Task<> Shoppers::shop_once(Session session, Sessions& sessions) {
    sessions.send_lag.record(Clock::now() - session.due);
    try {
        co_await buy(session, sessions);
    } catch (const GaveUpWaiting& no_answer) {
        ++sessions.gave_up;
        ++sessions.errors[no_answer.what()];
    } catch (const std::exception& broken) { // also Unavailable: whatever ends a session is a finding
        ++sessions.errors[broken.what()];
    }
    free_.push_back(session.token);
}

Task<> Shoppers::buy(Session session, Sessions& sessions) {
    co_await shop_.browse(session.product_id);
    co_await shop_.put_into_cart(session.token, session.product_id);
    const ShopClient::Checkout order = co_await shop_.check_out_cart(session.token);
    if (order.status == 200) {
        co_await follow(session, order, sessions);
    } else {
        ++sessions.errors[fmt::format("checkout answered {}", order.status)];
    }
}

Task<> Shoppers::follow(Session session, ShopClient::Checkout order, Sessions& sessions) {
    const auto accepted = Clock::now();
    ++sessions.accepted;
    sessions.time_to_accepted.record(accepted - session.due);
    count_second(sessions.accepted_each_s, accepted - session.begin);
    sessions.visits[session.visit].accepted_s = seconds(accepted - session.begin);
    std::string state = order.state;
    if (state != "paid") {
        state = co_await shop_.follow(session.token, order.order_id);
    }
    if (state == "paid") {
        co_await wait_for_mail(session, order.order_id, sessions);
    } else {
        ++sessions.errors[fmt::format("order ended as '{}'", state)];
    }
}

Task<> Shoppers::wait_for_mail(Session session, std::int64_t order_id, Sessions& sessions) {
    const auto paid = Clock::now();
    auto sent = co_await shop_.mail_sent_at(session.token, order_id);
    if (!sent) {
        co_await async::sleep_for(std::chrono::milliseconds(profile_.email_delay_ms));
    }
    const auto patience = patience_with_mails(profile_);
    auto pause = first_pause;
    while (!sent && Clock::now() - paid < patience) {
        sent = co_await shop_.mail_sent_at(session.token, order_id);
        co_await async::sleep_for(sent ? 0ms : pause);
        pause = std::min(2 * pause, longest_pause);
    }
    if (!sent) {
        ++sessions.errors[fmt::format("no mail within {} s", patience.count())];
        co_return;
    }
    const auto confirmed = std::max(paid, on_steady_clock(*sent));
    ++sessions.confirmed;
    sessions.time_to_confirmed.record(confirmed - session.due);
    count_second(sessions.confirmed_each_s, confirmed - session.begin);
    const double since_begin_s = seconds(confirmed - session.begin);
    sessions.visits[session.visit].confirmed_s = since_begin_s;
    sessions.last_confirmed_s = std::max(sessions.last_confirmed_s, since_begin_s);
}

} // namespace tandem::lab
