#include "libs/messaging/retry_path.hpp"

#include <fmt/format.h>

namespace tandem::messaging {

std::string retry_queue_name(const QueueTopology& queue, std::size_t step) {
    return fmt::format("{}.retry.{}", queue.name, step);
}

std::string dead_letter_queue_name(std::string_view queue) {
    return fmt::format("{}.dlq", queue);
}

QueueMessage moved(const QueueTopology& queue, Delivery delivery, const Judgement& judgement) {
    const auto step = static_cast<std::size_t>(delivery.attempt);
    if (judgement.verdict == Verdict::retry && delivery.attempt < queue.attempts_max()) {
        ++delivery.attempt;
        return {retry_queue_name(queue, step), std::move(delivery), judgement.reason};
    }
    return {dead_letter_queue_name(queue.name), std::move(delivery), judgement.reason};
}

} // namespace tandem::messaging
