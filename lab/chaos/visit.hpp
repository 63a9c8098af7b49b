#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tandem::lab {

/// What a customer comes for.
enum class Errand {
    buy,
    cancel,   ///< buys, and cancels as soon as the order is accepted
    declined, ///< an amount that the card network declines
    sold_out, ///< a product of which nothing is left
};

/// What one answer to a checkout tells its customer.
enum class Answer {
    none,        ///< there was none yet
    accepted,    ///< a promise
    refused,     ///< for good, and rightly so
    turned_away, ///< try again: nothing has happened
    ambiguous,   ///< the connection broke, or the shop does not know itself: only the key can tell
};

/// One customer's checkout and what became of it, in seconds since the load began.
struct Visit {
    double due_s = 0;
    Errand errand = Errand::buy;
    Answer first = Answer::none; ///< what counts for the availability
    Answer last = Answer::none;
    double first_answer_s = 0;
    bool was_ambiguous = false; ///< some answer was
    int asked_again = 0;
    std::string reason;               ///< why it was refused
    std::optional<double> accepted_s; ///< when it was written down
    std::optional<double> ended_s;    ///< when the order was seen in its last state
    std::int64_t order_id = 0;
    std::string end; ///< "paid", "failed: out_of_stock", "cancelled"; empty as long as nobody knows
};

} // namespace tandem::lab
