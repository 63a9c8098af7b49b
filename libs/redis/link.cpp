#include "libs/redis/link.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/redis/backoff.hpp"
#include "libs/redis/look_up.hpp"
#include "libs/telemetry/log.hpp"

namespace tandem::redis {
namespace {

using Words = std::vector<std::string_view>;

constexpr int failures_between_lines = 16; // about half a minute

} // namespace

Link::Link(Executor executor, ClientOptions options)
    : executor_(executor), options_(std::move(options)), changed_(executor), closed_(executor),
      timer_(executor), up_(telemetry::gauge("tandem_redis_up", "1 while Redis is connected and answers.")) {
    up_.set(0);
}

// Keeping it up

Task<> Link::keep_up() {
    const auto self = shared_from_this();
    async::Turn live_again = [this] { return live(); };
    co_await async::keep_going("redis", std::move(live_again));
}

Task<bool> Link::live() {
    if (closing_) {
        co_return false;
    }
    const std::string reason = co_await live_once();
    if (closing_) {
        co_return false;
    }
    went_down(reason);
    const double random = std::uniform_real_distribution<double>(0, 1)(dice_);
    co_await closed_.wait_for(pause_after(failures_, random));
    co_return true;
}

// The life of one session; gives the reason of its end.
Task<std::string> Link::live_once() {
    std::string reason;
    try {
        const Deadline patience = Clock::now() + options_.answer_time;
        co_await open(patience);
        co_await log_in(patience);
        if (is_open()) {
            went_up();
            co_await watch();
        }
        reason = session_->reason();
    } catch (const Unavailable& end) {
        reason = end.what();
    }
    set_ready(false);
    if (session_) {
        session_->close();
    }
    co_return reason;
}

Task<> Link::open(Deadline deadline) {
    const auto addresses = co_await look_up(executor_, options_.address.host, deadline);
    for (const std::string& address : addresses) {
        if (closing_) {
            break;
        }
        Session::Listener& listener = *this;
        session_ = std::make_shared<Session>(executor_, listener);
        session_->open(address, options_.address.port);
        while (session_->stage() == Session::Stage::opening && Clock::now() < deadline) {
            co_await changed_.wait_for(deadline - Clock::now());
        }
        if (is_open()) {
            co_return;
        }
        const bool late = session_->stage() == Session::Stage::opening;
        session_->close();
        if (late) {
            throw DeadlineExceeded("connecting takes too long");
        }
    }
    throw Unavailable(session_ ? session_->reason() : "no address to connect to");
}

// Of a refused login only the code is told: the server's text may repeat what it was sent.
Task<> Link::log_in(Deadline deadline) {
    const Address& address = options_.address;
    if (!address.password.empty()) {
        const Words login = address.user.empty() ? Words{"AUTH", address.password}
                                                 : Words{"AUTH", address.user, address.password};
        auto call = submit(login, deadline);
        try {
            co_await answer_to(std::move(call));
        } catch (const Refused& refused) {
            throw Unavailable("the login is refused: " + refused.code());
        }
    }
    if (address.database != 0) {
        const std::string database = std::to_string(address.database);
        auto call = submit(Words{"SELECT", database}, deadline);
        co_await answer_to(std::move(call));
    }
    co_await ping(deadline);
}

Task<> Link::ping(Deadline deadline) {
    auto call = submit(Words{"PING"}, deadline);
    const Reply reply = co_await answer_to(std::move(call));
    if (reply != Reply("PONG")) {
        throw Unavailable("it does not answer PING as Redis does");
    }
}

Task<> Link::watch() {
    while (is_open()) {
        co_await changed_.wait_for(options_.heartbeat);
        if (is_open()) {
            co_await ping(Clock::now() + options_.answer_time);
        }
    }
}

void Link::session_changed() {
    if (session_->stage() == Session::Stage::ended) {
        set_ready(false);
    }
    changed_.notify();
}

void Link::went_up() {
    failures_ = 0;
    set_ready(true);
    telemetry::log_info("redis is connected", {{"address", options_.address.to_string()}});
}

void Link::went_down(const std::string& reason) {
    if (failures_++ % failures_between_lines == 0) {
        telemetry::log_warn("redis is away", {{"address", options_.address.to_string()}, {"reason", reason}});
    }
}

void Link::set_ready(bool ready) {
    ready_ = ready;
    up_.set(ready ? 1 : 0);
}

} // namespace tandem::redis
