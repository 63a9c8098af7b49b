#pragma once

#include "libs/kernel/time.hpp"

#include <chrono>

namespace tandem::payment {

/// Spares a provider that is down, and us the waiting (Nygard, "Release It!", chapter 5). Closed, it
/// admits every call; after so many failures in a row it opens and admits none; after the cool-down
/// it is half-open and admits one call as a probe: its success closes the breaker, its failure opens
/// it again. A probe whose result never comes is forgotten after another cool-down.
class CircuitBreaker {
public:
    enum class State { closed, open, half_open };
    struct Options {
        int failures_max = 10; ///< in a row
        std::chrono::milliseconds cool_down{5'000};
    };

    explicit CircuitBreaker(Options options) : options_(options) {}

    /// True when a call may be made now; its result must be reported.
    bool admit(Timestamp now);
    /// Would `admit` say yes?
    bool would_admit(Timestamp now) const;
    void succeeded();
    void failed(Timestamp now);

    State state(Timestamp now) const;

private:
    Options options_;
    int failures_ = 0;
    bool open_ = false;
    Timestamp no_call_before_; ///< while open
};

} // namespace tandem::payment
