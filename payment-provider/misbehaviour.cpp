#include "payment-provider/card_network.hpp"

namespace tandem::provider {
namespace {

constexpr int breaks_per_key = 2;
constexpr std::size_t broken_keys_max = 10'000;
constexpr std::int64_t longest_delay_ms = 600'000;

bool is_rate(double value) {
    return value >= 0 && value <= 1;
}

} // namespace

Result<void> CardNetwork::behave(Behaviour behaviour) {
    if (behaviour.delay_ms < 0 || behaviour.delay_ms > longest_delay_ms) {
        return fail_field("delay_ms", "must be 0 to 600000");
    }
    if (behaviour.jitter_ms < 0 || behaviour.jitter_ms > longest_delay_ms) {
        return fail_field("jitter_ms", "must be 0 to 600000");
    }
    if (!is_rate(behaviour.failure_rate)) {
        return fail_field("failure_rate", "must be 0 to 1");
    }
    if (!is_rate(behaviour.lose_answer_rate)) {
        return fail_field("lose_answer_rate", "must be 0 to 1");
    }
    behaviour_ = behaviour;
    return {};
}

std::chrono::milliseconds CardNetwork::draw_delay() {
    std::uniform_int_distribution<std::int64_t> jitter(0, behaviour_.jitter_ms);
    return std::chrono::milliseconds(behaviour_.delay_ms + jitter(random_));
}

bool CardNetwork::draw(double rate) {
    return std::uniform_real_distribution<double>(0, 1)(random_) < rate;
}

bool CardNetwork::breaks(const std::string& key, const Entry& entry) {
    if (entry.kind != Kind::charge || cents_of(entry.amount) != 15) {
        return false;
    }
    if (broken_before_.size() >= broken_keys_max) {
        broken_before_.clear();
    }
    int& count = broken_before_[key];
    if (count < breaks_per_key) {
        ++count;
        return true;
    }
    broken_before_.erase(key);
    return false;
}

} // namespace tandem::provider
