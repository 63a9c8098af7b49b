#pragma once

#include "libs/async/event.hpp"
#include "libs/kernel/result.hpp"
#include "services/order/domain/order_events.hpp"

#include <memory>
#include <vector>

namespace tandem::order {

/// Who waits for news of which order in this process. Use on the event loop's thread.
class OrderWatch {
public:
    /// One that waits; leaves when it goes out of scope.
    class Watcher {
    public:
        Watcher(Watcher&&) noexcept;
        ~Watcher();

        /// True when there was news, false after `timeout`.
        Task<bool> news(std::chrono::milliseconds timeout);
        /// What the watcher knows already, so that `heard` does not wake it for that.
        void knows(int version);

    private:
        friend class OrderWatch;
        struct Place;
        explicit Watcher(std::unique_ptr<Place> place);
        std::unique_ptr<Place> place_;
    };

    /// One user may have a tenth of `watchers_max`: ten at least must come together to keep the others out.
    OrderWatch(Executor executor, std::size_t watchers_max);
    ~OrderWatch();

    /// unavailable when there are as many as there may be, too_many_requests when `user` has as many as
    /// one may have.
    Result<Watcher> watch(OrderId order, UserId user);

    /// Something happened to these orders.
    void notify(const std::vector<OrderId>& orders);
    /// The order is at `version`: news for those that know less.
    void heard(OrderId order, int version);
    /// Each order that is watched, once.
    std::vector<OrderId> watched() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

} // namespace tandem::order
