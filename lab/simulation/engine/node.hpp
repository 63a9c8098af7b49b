#pragma once

#include "lab/simulation/engine/scheduler.hpp"

#include <functional>
#include <optional>
#include <string>

namespace tandem::simulation {

/// A process that coroutines run in. Each place where one of them waits is here, so that a crash can end all
/// of them there: their frames are destroyed, and what they would have done next never happens.
class Node {
public:
    /// Asked each time something in this process may go on: true crashes it instead.
    using Strikes = std::function<bool()>;
    using OnFailure = std::function<void(const std::string& what)>;

    Node(Scheduler& scheduler, std::string name) : scheduler_(scheduler), name_(std::move(name)) {}
    ~Node() { crash(); }
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    const std::string& name() const { return name_; }
    bool alive() const { return alive_; }
    /// Counts crashes: what belongs to an earlier life must not touch this one.
    std::uint64_t life() const { return life_; }
    Scheduler& scheduler() const { return scheduler_; }

    void when_struck(Strikes strikes, std::function<void()> on_crash) {
        strikes_ = std::move(strikes);
        on_crash_ = std::move(on_crash);
    }
    void on_failure(OnFailure on_failure) { on_failure_ = std::move(on_failure); }

    /// Runs beside whoever calls, until it ends or the process crashes.
    void spawn(Task<> task);
    Task<> sleep(Duration duration);

    /// A wait that somebody else ends, once.
    struct Wait {
        std::uint32_t slot = 0;
        std::uint64_t number = 0; ///< 0: none
    };
    /// Suspends the caller, tells `begun` what ends the wait, and goes on when `wake` is given that.
    Task<> wait(std::function<void(Wait)> begun);
    bool is_waiting(Wait wait) const {
        return wait.slot < slots_.size() && slots_[wait.slot].number == wait.number;
    }
    /// Goes on at this moment, after what is happening now. Nothing when that wait is over.
    void wake(Wait wait);
    void wake_after(Duration delay, Wait wait);

    void crash();
    void revive() { alive_ = true; }

private:
    using Handler = std::move_only_function<void()>;
    struct Slot {
        Handler handler;
        std::uint64_t number = 0;
    };
    Task<> guard(Task<> task);
    Wait keep(Handler handler);
    void resume(Wait wait);

    Scheduler& scheduler_;
    std::string name_;
    bool alive_ = true;
    std::uint64_t life_ = 1;
    std::uint64_t numbers_ = 0;
    std::vector<Slot> slots_;
    std::vector<std::uint32_t> free_;
    Strikes strikes_;
    std::function<void()> on_crash_;
    OnFailure on_failure_;
};

/// Tells waiting coroutines of one process that they should look again, as async::Event does: a notification
/// that nobody waits for is kept for the next one who does. It belongs to one life of its process.
class Signal {
public:
    explicit Signal(Node& node) : node_(node) {}

    void notify();
    Task<> wait();
    /// The same, at most for so long.
    Task<> wait_for(Duration duration);

private:
    Task<> wait_until(std::optional<Duration> duration);

    Node& node_;
    std::vector<Node::Wait> waiting_;
    bool pending_ = false;
};

} // namespace tandem::simulation
