#pragma once

#include "libs/kernel/task.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace tandem::async {

/// A few named threads for work that would block the event loop: password hashing, SMTP.
/// Bounded: at most `queue_max` jobs wait. When a task is cancelled its waiting job is dropped; a job
/// in hand is waited for, since it may use what its caller owns. Destroy it before the io_context.
class BlockingPool {
public:
    BlockingPool(Executor executor, std::string name, std::size_t threads, std::size_t queue_max);
    /// Finishes the jobs in hand, drops those that wait (their tasks see operation_aborted).
    ~BlockingPool();

    /// Runs `work` on a pool thread and resumes the caller on the event loop. Nothing, at once,
    /// when the queue is full: answer 503. What `work` throws is rethrown here. `work` must not
    /// touch objects of the event loop.
    template <class Work>
    Task<std::optional<std::invoke_result_t<Work>>> run(Work work) {
        using Value = std::invoke_result_t<Work>;
        auto slot = std::make_shared<std::optional<Value>>();
        std::function<void()> job = [slot, work = std::move(work)]() mutable { slot->emplace(work()); };
        const bool accepted = co_await submit(std::move(job));
        if (!accepted) {
            co_return std::nullopt;
        }
        co_return std::move(*slot);
    }

    std::size_t queued() const;

private:
    Task<bool> submit(std::function<void()> job);

    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::async
