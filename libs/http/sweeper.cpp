#include "libs/http/sweeper.hpp"

#include <algorithm>

namespace tandem::http {

Watched::Watched(std::shared_ptr<Sweeper> sweeper) : sweeper_(std::move(sweeper)) {
    sweeper_->add(*this);
}

void Watched::expire_at(SteadyClock::time_point deadline) {
    deadline_ = deadline;
    if (deadline != SteadyClock::time_point::max()) {
        sweeper_->notice(deadline);
    }
}

void Sweeper::notice(SteadyClock::time_point deadline) {
    if (wakes_at_ == SteadyClock::time_point::max()) {
        sleep_until(std::min(deadline, SteadyClock::now() + longest_sleep));
    } else if (deadline + resolution < wakes_at_) {
        sleep_until(deadline);
    }
}

void Sweeper::rest() {
    ++sleeps_;
    wakes_at_ = SteadyClock::time_point::max();
    timer_.cancel();
}

void Sweeper::sleep_until(SteadyClock::time_point moment) {
    wakes_at_ = moment;
    const std::uint64_t sleep = ++sleeps_;
    timer_.expires_at(moment);
    timer_.async_wait([self = weak_from_this(), sleep](const boost::system::error_code&) {
        const auto sweeper = self.lock();
        if (sweeper != nullptr && sweeper->sleeps_ == sleep) {
            sweeper->sweep();
        }
    });
}

void Sweeper::sweep() {
    const auto now = SteadyClock::now();
    auto earliest = SteadyClock::time_point::max();
    for (auto next = watched_.begin(); next != watched_.end();) {
        Watched& watched = *next++;
        if (watched.deadline_ <= now) {
            earliest = now;
            watched.expired();
        } else {
            earliest = std::min(earliest, watched.deadline_);
        }
    }
    wakes_at_ = SteadyClock::time_point::max();
    if (earliest != SteadyClock::time_point::max()) {
        sleep_until(std::clamp(earliest, now + resolution, now + longest_sleep));
    }
}

} // namespace tandem::http
