#include "gateway/balancer.hpp"

#include <algorithm>
#include <tuple>

namespace tandem::gateway {

bool Instance::accepts(SteadyClock::time_point now) const {
    if (condition_ == Condition::down) {
        return false;
    }
    return !is_tripped() || (now >= closed_again_ && !trial_);
}

void Instance::succeeded() {
    failures_ = 0;
}

void Instance::failed(Failure failure, SteadyClock::time_point now) {
    failures_ = std::min(failures_ + 1, options_.failures_max);
    last_failure_ = failure;
    if (is_tripped()) {
        closed_again_ = now + options_.open_for;
    }
}

void Instance::probed(Condition condition) {
    condition_ = condition;
    if (condition != Condition::down && last_failure_ == Failure::unreachable) {
        failures_ = 0;
    }
}

Ticket::Ticket(Instance& instance) : instance_(&instance) {
    ++instance_->outstanding_;
    instance_->trial_ = instance_->is_tripped();
}

Ticket::~Ticket() {
    if (instance_ != nullptr) {
        --instance_->outstanding_;
        instance_->trial_ = false;
    }
}

Upstream::Upstream(std::string service, const std::vector<http::Endpoint>& endpoints, BreakerOptions options)
    : service_(std::move(service)) {
    for (const http::Endpoint& endpoint : endpoints) {
        instances_.push_back(std::make_unique<Instance>(endpoint, options));
    }
}

Instance* Upstream::choose(SteadyClock::time_point now, const std::vector<const Instance*>& tried) {
    Instance* best = nullptr;
    const auto rank = [](const Instance& instance) {
        return std::tuple(instance.condition() == Condition::degraded, instance.outstanding());
    };
    ++turn_;
    for (std::size_t i = 0; i < instances_.size(); ++i) {
        Instance& candidate = *instances_[(turn_ + i) % instances_.size()];
        if (!candidate.accepts(now) || std::ranges::find(tried, &candidate) != tried.end()) {
            continue;
        }
        if (best == nullptr || rank(candidate) < rank(*best)) {
            best = &candidate;
        }
    }
    return best;
}

} // namespace tandem::gateway
