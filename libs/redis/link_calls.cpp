#include "libs/redis/link.hpp"
#include "libs/telemetry/log.hpp"

namespace tandem::redis {

CallPointer Link::send(std::span<const std::string_view> words, Deadline deadline) {
    if (!ready_ || closing_) {
        throw Unavailable("redis is not connected");
    }
    if (session_->in_flight() >= options_.in_flight_max) {
        throw Unavailable("too many commands wait for redis");
    }
    if (deadline <= Clock::now()) {
        throw DeadlineExceeded("no time is left to ask redis");
    }
    return submit(words, deadline);
}

CallPointer Link::submit(std::span<const std::string_view> words, Deadline deadline) {
    auto call = std::make_shared<Call>(executor_, deadline);
    session_->send(words, call);
    look_at_deadlines(deadline);
    return call;
}

void Link::look_at_deadlines(Deadline next) {
    if (next >= due_) {
        return;
    }
    due_ = next;
    timer_.expires_at(due_);
    timer_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (!error && self) {
            self->due_ = Deadline::max();
            self->look_at_deadlines(self->session_->answer_late_calls(Clock::now()));
        }
    });
}

// Ending

Task<> Link::close(Deadline deadline) {
    const auto self = shared_from_this();
    const bool was_ready = ready_;
    closing_ = true;
    if (was_ready) {
        try {
            co_await ping(deadline); // answered after all that was sent before it
        } catch (const Unavailable& gone) {
            telemetry::log_warn("redis was left with commands in flight", {{"reason", gone.what()}});
        }
    }
    stop();
}

void Link::stop() {
    closing_ = true;
    set_ready(false);
    timer_.cancel();
    if (session_) {
        session_->close();
    }
    changed_.notify();
    closed_.notify();
}

} // namespace tandem::redis
