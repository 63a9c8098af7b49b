#pragma once

#include "libs/kernel/task.hpp"

#include <cstddef>
#include <memory>
#include <optional>

namespace tandem::async {

/// Bounds how many tasks do something at once, and how many may wait for their turn (first come,
/// first served). Use on the event loop's thread only.
class Semaphore {
public:
    class Permit {
    public:
        Permit(Permit&& other) noexcept;
        Permit& operator=(Permit&&) = delete;
        ~Permit(); ///< gives the permit back

    private:
        friend class Semaphore;
        struct State;
        explicit Permit(std::shared_ptr<State> state) : state_(std::move(state)) {}
        std::shared_ptr<State> state_;
    };

    Semaphore(Executor executor, std::size_t permits, std::size_t waiting_max);

    /// A permit, or nothing at once when `waiting_max` tasks are waiting already. Throws
    /// operation_aborted when cancelled.
    Task<std::optional<Permit>> acquire();

    std::size_t in_use() const;
    std::size_t waiting() const;

private:
    std::shared_ptr<Permit::State> state_;
};

} // namespace tandem::async
