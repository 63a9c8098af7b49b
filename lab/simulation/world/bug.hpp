#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tandem::simulation {

/// Mistakes that can be planted into the simulation's adapters, each a classic one, to see that the laws
/// catch it. None of them is in the shop's own code.
enum class Bug {
    none,
    no_outbox,           ///< events are published after the commit, by who committed
    no_inbox,            ///< nothing remembers what was handled: handlers apply it again
    read_then_write,     ///< stock is read without a lock, and written back as it was worked out
    ack_before_work,     ///< a message is acknowledged before its handler has run
    fresh_key,           ///< each attempt at the provider has a key of its own
    lost_compensation,   ///< a charge is not given back when its order ended meanwhile
    illegal_transition,  ///< the store lets an order that is shipped be cancelled
    mark_before_confirm, ///< the relay marks events as published before the broker has them
    lost_update,         ///< a payment is saved whatever has become of it since it was read
    key_not_unique,      ///< an order does not take its Idempotency-Key with it
    no_tombstone,        ///< the end of an order that is not known yet is forgotten
    late_projection,     ///< an order's row is written after the commit of its event
    forgotten_failure,   ///< a message whose handler failed is acknowledged, and that is all
    timeout_is_refusal,  ///< a provider that has not answered is taken to have done nothing
    no_order_lock,       ///< two may decide about one order at the same time
    buffered_mail,       ///< a mail counts as sent while it still lies in the process's memory
};
inline constexpr std::array bugs{Bug::no_outbox,
                                 Bug::no_inbox,
                                 Bug::read_then_write,
                                 Bug::ack_before_work,
                                 Bug::fresh_key,
                                 Bug::lost_compensation,
                                 Bug::illegal_transition,
                                 Bug::mark_before_confirm,
                                 Bug::lost_update,
                                 Bug::key_not_unique,
                                 Bug::no_tombstone,
                                 Bug::late_projection,
                                 Bug::forgotten_failure,
                                 Bug::timeout_is_refusal,
                                 Bug::no_order_lock,
                                 Bug::buffered_mail};

/// Its name on the command line: "no-outbox".
std::string_view to_string(Bug bug);
std::optional<Bug> parse_bug(std::string_view name);

} // namespace tandem::simulation
