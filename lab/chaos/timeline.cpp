#include "lab/chaos/timeline.hpp"

#include <algorithm>
#include <cmath>

namespace tandem::lab {
namespace {

class Timeline {
public:
    Second& at(double moment_s) {
        const auto index = static_cast<std::size_t>(std::max(std::floor(moment_s), 0.0));
        if (index >= seconds_.size()) {
            seconds_.resize(index + 1);
            latencies_ms_.resize(index + 1);
        }
        return seconds_[index];
    }

    void add(const Visit& visit) {
        Second& arrival = at(visit.due_s);
        ++arrival.came;
        arrival.not_at_once += visit.first != Answer::accepted && visit.first != Answer::refused ? 1 : 0;
        if (visit.first != Answer::none) {
            latencies_ms_[static_cast<std::size_t>(visit.due_s)].push_back(
                1'000 * (visit.first_answer_s - visit.due_s));
        }
        if (visit.accepted_s) {
            ++at(*visit.accepted_s).accepted;
        }
        if (visit.ended_s && visit.end == "paid") {
            ++at(*visit.ended_s).paid;
        }
    }

    std::vector<Second> finished() {
        for (std::size_t i = 0; i < seconds_.size(); ++i) {
            auto& latencies = latencies_ms_[i];
            if (!latencies.empty()) {
                std::ranges::sort(latencies);
                seconds_[i].latency_ms_p50 = latencies[latencies.size() / 2];
                seconds_[i].latency_ms_max = latencies.back();
            }
        }
        return std::move(seconds_);
    }

private:
    std::vector<Second> seconds_;
    std::vector<std::vector<double>> latencies_ms_;
};

} // namespace

std::vector<Second> timeline_of(const std::deque<Visit>& visits) {
    Timeline timeline;
    for (const Visit& visit : visits) {
        timeline.add(visit);
    }
    return timeline.finished();
}

} // namespace tandem::lab
