#include "services/product/domain/reservation.hpp"

#include <array>
#include <utility>

namespace tandem::product {

std::string_view to_string(ReservationState state) {
    switch (state) {
    case ReservationState::reserved:
        return "reserved";
    case ReservationState::rejected:
        return "rejected";
    case ReservationState::committed:
        return "committed";
    case ReservationState::released:
        return "released";
    case ReservationState::tombstone:
        return "tombstone";
    }
    std::unreachable();
}

std::optional<ReservationState> parse_reservation_state(std::string_view word) {
    using enum ReservationState;
    for (const ReservationState state : std::array{reserved, rejected, committed, released, tombstone}) {
        if (word == to_string(state)) {
            return state;
        }
    }
    return std::nullopt;
}

std::string_view to_string(RejectionReason reason) {
    switch (reason) {
    case RejectionReason::out_of_stock:
        return "out_of_stock";
    case RejectionReason::price_changed:
        return "price_changed";
    case RejectionReason::unknown_product:
        return "unknown_product";
    }
    std::unreachable();
}

} // namespace tandem::product
