#include "services/payment/domain/payment.hpp"

#include <array>
#include <utility>

namespace tandem::payment {
namespace {

constexpr std::array<std::pair<Status, std::string_view>, 6> words{{
    {Status::pending, "pending"},
    {Status::processed, "processed"},
    {Status::failed, "failed"},
    {Status::voided, "voided"},
    {Status::refunding, "refunding"},
    {Status::refunded, "refunded"},
}};

} // namespace

std::string_view to_string(Status status) {
    for (const auto& [value, word] : words) {
        if (value == status) {
            return word;
        }
    }
    std::unreachable();
}

std::optional<Status> parse_status(std::string_view text) {
    for (const auto& [value, word] : words) {
        if (word == text) {
            return value;
        }
    }
    return std::nullopt;
}

Payment Payment::request(Purchase purchase, Timestamp now) {
    State state;
    state.purchase = std::move(purchase);
    state.created_at = now;
    state.updated_at = now;
    state.due_at = now;
    state.unsettled_until = now;
    return Payment(std::move(state));
}

Payment Payment::tombstone(Purchase purchase, Timestamp now) {
    Payment payment = request(std::move(purchase), now);
    payment.request_void(now);
    return payment;
}

Turn Payment::turn(Timestamp now, std::chrono::milliseconds give_up) const {
    if (state_.status == Status::refunding) {
        return Turn::refund;
    }
    if (state_.status != Status::pending) {
        return Turn::nothing;
    }
    const bool wanted = !state_.void_requested && now - state_.created_at < give_up;
    if (wanted) {
        return Turn::charge;
    }
    const std::int64_t earlier_turns = state_.attempts - 1;
    return earlier_turns > state_.refusals ? Turn::ask : Turn::close;
}

void Payment::charged(std::string transaction_id, Timestamp now) {
    const Status status = state_.status;
    if (status != Status::pending && status != Status::failed && status != Status::voided) {
        return;
    }
    state_.transaction_id = std::move(transaction_id);
    if (status == Status::pending && !state_.void_requested) {
        move_to(Status::processed, now);
        announcement_ = Announcement::processed;
    } else {
        begin_refund(now);
    }
}

void Payment::declined(std::string message, Timestamp now) {
    if (state_.status != Status::pending) {
        return;
    }
    state_.reason = "payment_declined";
    state_.error_message = std::move(message);
    close(now);
}

void Payment::close(Timestamp now) {
    if (state_.status != Status::pending) {
        return;
    }
    if (state_.void_requested) {
        move_to(Status::voided, now);
        return;
    }
    if (!state_.reason) {
        state_.reason = "payment_unavailable";
        state_.error_message = "The payment provider could not be reached in time.";
    }
    move_to(Status::failed, now);
    announcement_ = Announcement::failed;
}

void Payment::refunded(Timestamp now) {
    if (state_.status == Status::refunding) {
        move_to(Status::refunded, now);
        announcement_ = Announcement::refunded;
    }
}

void Payment::request_void(Timestamp now) {
    if (state_.void_requested) {
        return;
    }
    state_.void_requested = true;
    state_.updated_at = now;
    if (state_.status == Status::processed) {
        begin_refund(now);
    } else if (state_.status == Status::pending && state_.attempts == 0) {
        move_to(Status::voided, now);
    }
}

void Payment::postpone(Timestamp due) {
    state_.due_at = due;
}

void Payment::postpone_refused(Timestamp due) {
    ++state_.refusals;
    state_.due_at = due;
}

void Payment::move_to(Status status, Timestamp now) {
    state_.status = status;
    state_.updated_at = now;
}

void Payment::begin_refund(Timestamp now) {
    move_to(Status::refunding, now);
    state_.attempts = 0;
    state_.refusals = 0;
    state_.due_at = now;
}

} // namespace tandem::payment
