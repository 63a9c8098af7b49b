#pragma once

#include "libs/messaging/broker.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tandem::messaging {

/// What is to happen with one delivery, and why (for the header x-error).
struct Judgement {
    Verdict verdict = Verdict::done;
    std::string reason;
};

/// Asks a handler about batches, by the contract of BatchHandler: holds the batch while the
/// environment is broken, falls back to one by one when a batch fails, so that one bad message harms
/// only itself. A delivery without a UUID as event_id is dead without asking: no inbox could take it.
class Judge {
public:
    /// Pauses before the next attempt; false: give the batch up, it will be delivered again.
    using Hold = std::function<Task<bool>(std::chrono::milliseconds pause)>;

    Judge(std::string queue, BatchHandler handler) : queue_(std::move(queue)), handler_(std::move(handler)) {}

    /// One judgement a delivery, in order; nothing when `hold` gave up.
    Task<std::optional<std::vector<Judgement>>> judge(std::vector<Delivery> batch, Hold hold);

private:
    struct Answer {
        std::vector<Verdict> verdicts;
        std::string error; ///< not empty: the handler threw
        bool environment_broke = false;
    };
    Task<Answer> ask(std::vector<Delivery> batch);
    Task<std::optional<Answer>> ask_until_answered(std::vector<Delivery> batch, Hold hold);
    Task<std::optional<std::vector<Judgement>>> judge_sound(std::vector<Delivery> batch, Hold hold);

    std::string queue_;
    BatchHandler handler_;
};

} // namespace tandem::messaging
