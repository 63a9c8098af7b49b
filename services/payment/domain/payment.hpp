#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/id.hpp"
#include "libs/kernel/money.hpp"
#include "libs/kernel/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tandem::payment {

using PaymentId = Id<class Payment>;
using OrderId = Id<struct Order>;
using UserId = Id<struct User>;

/// pending: not decided. processed: charged. failed: not charged, and the order was told so.
/// voided: not charged, because the order ended first. refunding: charged, and to be given back.
enum class Status { pending, processed, failed, voided, refunding, refunded };
std::string_view to_string(Status status);
std::optional<Status> parse_status(std::string_view word);

/// What an order asks to be paid.
struct Purchase {
    OrderId order;
    UserId user;
    std::string user_email;
    Money amount;
    std::string payment_method;
    Context origin; ///< of the event that asked
};

/// What the rest of the shop is to be told.
enum class Announcement { processed, failed, refunded };

/// What is to be done next about a payment whose time has come.
enum class Turn {
    charge, ///< call the provider; its idempotency key makes it safe to repeat
    ask,    ///< no charge is wanted any more, but one may have been made: look it up
    close,  ///< no charge is wanted, and none can have been made
    refund,
    nothing,
};

/// The payment of one order. Every input is legal in every state, since events overtake each other
/// and answers come late; an input that has nothing to change changes nothing. Two laws hold:
/// what was announced as processed was charged, and a charge that no living order wants is refunded.
class Payment {
public:
    struct State {
        PaymentId id;
        Purchase purchase;
        Status status = Status::pending;
        bool void_requested = false;
        std::int64_t attempts = 0; ///< turns begun in this status
        std::int64_t refusals = 0; ///< those of them that surely charged nothing
        Timestamp created_at;
        Timestamp updated_at;
        Timestamp due_at;          ///< when the next turn may begin
        Timestamp unsettled_until; ///< until then a charge call may still take effect
        std::optional<std::string> transaction_id;
        std::optional<std::string> reason;
        std::optional<std::string> error_message;
        std::int64_t revision = 0; ///< changes with every change that is stored
    };

    explicit Payment(State state) : state_(std::move(state)) {}
    /// To be charged now.
    static Payment request(Purchase purchase, Timestamp now);
    /// Of an order that ended before it asked: nothing will ever be charged.
    static Payment tombstone(Purchase purchase, Timestamp now);

    const State& state() const { return state_; }
    std::optional<Announcement> announcement() const { return announcement_; }

    /// Of a payment whose turn has begun, which `attempts` counts. After `give_up` no charge is
    /// wanted any more.
    Turn turn(Timestamp now, std::chrono::milliseconds give_up) const;
    /// May an earlier charge call still take effect?
    bool unsettled(Timestamp now) const { return now < state_.unsettled_until; }

    /// The provider made the charge, or has it already.
    void charged(std::string transaction_id, Timestamp now);
    void declined(std::string message, Timestamp now);
    /// The provider surely has no charge, and none is wanted any more.
    void close(Timestamp now);
    void refunded(Timestamp now);
    /// The order has failed or was cancelled.
    void request_void(Timestamp now);

    /// The turn decided nothing: the next one begins at `due`.
    void postpone(Timestamp due);
    /// ... and surely charged nothing.
    void postpone_refused(Timestamp due);

private:
    void move_to(Status status, Timestamp now);
    void begin_refund(Timestamp now);

    State state_;
    std::optional<Announcement> announcement_;
};

} // namespace tandem::payment
