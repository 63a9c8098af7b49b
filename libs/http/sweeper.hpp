#pragma once

#include "libs/kernel/task.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <chrono>
#include <memory>

namespace tandem::http {

using SteadyClock = std::chrono::steady_clock;
using Timer = boost::asio::basic_waitable_timer<SteadyClock, boost::asio::wait_traits<SteadyClock>, Executor>;

class Sweeper;

/// Something that must act when its time is up. Leaves the sweeper when destroyed.
class Watched
    : public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    explicit Watched(std::shared_ptr<Sweeper> sweeper);
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;
    virtual ~Watched() = default;

    void expire_at(SteadyClock::time_point deadline);
    void never_expire() { deadline_ = SteadyClock::time_point::max(); }
    SteadyClock::time_point deadline() const { return deadline_; }

private:
    friend class Sweeper;
    /// Called at each sweep from the deadline on, until another one is set. May destroy *this, but
    /// no other watched object.
    virtual void expired() = 0;

    std::shared_ptr<Sweeper> sweeper_;
    SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
};

/// One timer for the deadlines of many connections: setting a deadline costs a store, where a timer
/// for each operation costs a heap operation and a system call now and then. Deadlines are noticed
/// up to `resolution` late. The timer rests while nothing has a deadline.
class Sweeper : public std::enable_shared_from_this<Sweeper> {
public:
    static constexpr std::chrono::milliseconds resolution{10};
    static constexpr std::chrono::milliseconds longest_sleep{250};

    explicit Sweeper(Executor executor) : timer_(executor) {}

    void add(Watched& watched) { watched_.push_back(watched); }
    /// Makes sure that a sweep happens soon after `deadline`.
    void notice(SteadyClock::time_point deadline);
    /// Stops the timer until the next `notice`.
    void rest();

private:
    void sleep_until(SteadyClock::time_point moment);
    void sweep();

    boost::intrusive::list<Watched, boost::intrusive::constant_time_size<false>> watched_;
    Timer timer_;
    SteadyClock::time_point wakes_at_ = SteadyClock::time_point::max();
    std::uint64_t sleeps_ = 0;
};

} // namespace tandem::http
