#include "lab/simulation/world/bug.hpp"

#include <utility>

namespace tandem::simulation {

std::string_view to_string(Bug bug) {
    switch (bug) {
    case Bug::none:
        return "none";
    case Bug::no_outbox:
        return "no-outbox";
    case Bug::no_inbox:
        return "no-inbox";
    case Bug::read_then_write:
        return "read-then-write";
    case Bug::ack_before_work:
        return "ack-before-work";
    case Bug::fresh_key:
        return "fresh-key";
    case Bug::lost_compensation:
        return "lost-compensation";
    case Bug::illegal_transition:
        return "illegal-transition";
    case Bug::mark_before_confirm:
        return "mark-before-confirm";
    case Bug::lost_update:
        return "lost-update";
    case Bug::key_not_unique:
        return "key-not-unique";
    case Bug::no_tombstone:
        return "no-tombstone";
    case Bug::late_projection:
        return "late-projection";
    case Bug::forgotten_failure:
        return "forgotten-failure";
    case Bug::timeout_is_refusal:
        return "timeout-is-refusal";
    case Bug::no_order_lock:
        return "no-order-lock";
    case Bug::buffered_mail:
        return "buffered-mail";
    }
    std::unreachable();
}

std::optional<Bug> parse_bug(std::string_view name) {
    for (const Bug bug : bugs) {
        if (to_string(bug) == name) {
            return bug;
        }
    }
    return std::nullopt;
}

} // namespace tandem::simulation
