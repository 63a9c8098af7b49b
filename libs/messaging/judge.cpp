#include "libs/messaging/judge.hpp"

#include "libs/kernel/unavailable.hpp"
#include "libs/messaging/wakeup.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/telemetry/log.hpp"

#include <algorithm>

namespace tandem::messaging {
namespace {

bool is_uuid(std::string_view text) {
    constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    constexpr std::string_view hex = "0123456789abcdefABCDEF";
    return text.size() == shape.size() && std::ranges::equal(text, shape, [&](char actual, char wanted) {
               return wanted == '-' ? actual == '-' : hex.contains(actual);
           });
}

std::vector<Judgement> to_judgements(const std::vector<Verdict>& verdicts) {
    std::vector<Judgement> judgements;
    for (const Verdict verdict : verdicts) {
        switch (verdict) {
        case Verdict::done:
        case Verdict::duplicate:
            judgements.push_back({verdict, ""});
            break;
        case Verdict::retry:
            judgements.push_back({verdict, "the handler asks for another attempt"});
            break;
        case Verdict::dead:
            judgements.push_back({verdict, "the handler can never accept this message"});
            break;
        }
    }
    return judgements;
}

} // namespace

Task<Judge::Answer> Judge::ask(std::vector<Delivery> batch) {
    const std::size_t expected = batch.size();
    Answer answer;
    try {
        answer.verdicts = co_await handler_(std::move(batch));
        if (answer.verdicts.size() != expected) {
            answer.error = "the handler gave a wrong number of verdicts";
        }
    } catch (const postgres::StatementTimeout& slow) {
        answer.error = slow.what();
    } catch (const Unavailable& broken) {
        answer.environment_broke = true;
        answer.error = broken.what();
    } catch (const std::exception& failure) {
        answer.error = failure.what();
    }
    co_return answer;
}

Task<std::optional<Judge::Answer>> Judge::ask_until_answered(std::vector<Delivery> batch, Hold hold) {
    Backoff backoff;
    for (;;) {
        std::vector<Delivery> copy = batch;
        Answer answer = co_await ask(std::move(copy));
        if (!answer.environment_broke) {
            co_return answer;
        }
        telemetry::log_warn("holding messages until their handler can work again",
                            {{"queue", queue_}, {"messages", batch.size()}, {"error", answer.error}});
        const auto pause = backoff.next();
        const bool go_on = co_await hold(pause);
        if (!go_on) {
            co_return std::nullopt;
        }
    }
}

Task<std::optional<std::vector<Judgement>>> Judge::judge_sound(std::vector<Delivery> batch, Hold hold) {
    const std::optional<Answer> answer = co_await ask_until_answered(batch, hold);
    if (!answer) {
        co_return std::nullopt;
    }
    if (answer->error.empty()) {
        co_return to_judgements(answer->verdicts);
    }
    telemetry::log_warn("a batch failed",
                        {{"queue", queue_}, {"messages", batch.size()}, {"error", answer->error}});
    if (batch.size() == 1) {
        co_return std::vector<Judgement>{{Verdict::retry, answer->error}};
    }
    std::vector<Judgement> judgements;
    for (Delivery& delivery : batch) {
        std::vector<Delivery> alone;
        alone.push_back(std::move(delivery));
        const auto judgement = co_await judge_sound(std::move(alone), hold);
        if (!judgement) {
            co_return std::nullopt;
        }
        judgements.push_back(judgement->front());
    }
    co_return judgements;
}

Task<std::optional<std::vector<Judgement>>> Judge::judge(std::vector<Delivery> batch, Hold hold) {
    std::vector<Judgement> judgements(batch.size(), {Verdict::dead, "event_id is missing or no UUID"});
    std::vector<Delivery> sound;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (is_uuid(batch[i].event_id)) {
            places.push_back(i);
            sound.push_back(std::move(batch[i]));
        }
    }
    if (sound.empty()) {
        co_return judgements;
    }
    const auto answers = co_await judge_sound(std::move(sound), std::move(hold));
    if (!answers) {
        co_return std::nullopt;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        judgements[places[i]] = (*answers)[i];
    }
    co_return judgements;
}

} // namespace tandem::messaging
