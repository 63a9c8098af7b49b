#pragma once

#include "libs/async/event.hpp"
#include "libs/redis/client.hpp"
#include "libs/redis/session.hpp"
#include "libs/telemetry/metrics.hpp"

#include <boost/asio/basic_waitable_timer.hpp>

#include <random>

namespace tandem::redis {

/// One session after the other: makes them, logs in, watches them, and times the calls.
class Link final : private Session::Listener, public std::enable_shared_from_this<Link> {
public:
    Link(Executor executor, ClientOptions options);

    /// Ends when closed; else only by cancellation, which leaves the session as it is.
    Task<> keep_up();
    bool ready() const { return ready_; }
    /// Throws Unavailable, or DeadlineExceeded, at once when it cannot be sent.
    CallPointer send(std::span<const std::string_view> words, Deadline deadline);
    Task<> close(Deadline deadline);
    void stop();

private:
    using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

    Task<bool> live();
    Task<std::string> live_once();
    Task<> open(Deadline deadline);
    Task<> log_in(Deadline deadline);
    Task<> ping(Deadline deadline);
    Task<> watch();

    CallPointer submit(std::span<const std::string_view> words, Deadline deadline);
    bool is_open() const { return session_->stage() == Session::Stage::open; }
    void session_changed() override;
    void went_up();
    void went_down(const std::string& reason);
    void set_ready(bool ready);
    void look_at_deadlines(Deadline next);

    Executor executor_;
    ClientOptions options_;
    std::shared_ptr<Session> session_;
    async::Event changed_; // the session's stage
    async::Event closed_;
    bool ready_ = false;
    bool closing_ = false;
    int failures_ = 0; // in a row
    Timer timer_;
    Deadline due_ = Deadline::max(); // when `timer_` fires
    std::minstd_rand dice_{std::random_device{}()};
    telemetry::Gauge up_;
};

} // namespace tandem::redis
