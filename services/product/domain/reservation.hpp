#pragma once

#include "libs/kernel/money.hpp"
#include "services/product/domain/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::product {

/// One line of an order as its customer saw it.
struct OrderLine {
    ProductId product;
    std::string product_name;
    std::int64_t quantity = 0;
    Money price; ///< of one unit
};

/// An order as its events tell of it. The stock events hand every field on, so that the payment
/// service needs to ask nobody.
struct Order {
    static constexpr std::size_t lines_max = 1'000;
    static constexpr std::int64_t quantity_max = 1'000'000;

    OrderId id;
    UserId user;
    std::string user_email;
    std::vector<OrderLine> lines; ///< 1 to lines_max, each of 1 to quantity_max units
    Money total;
    std::string payment_method;
    std::string shipping_address; ///< JSON as it came, "null" when there is none
};

/// What became of an order here. It ends in `rejected`, `committed`, `released` or `tombstone`;
/// `committed` can still become `released`, when a paid order is cancelled.
enum class ReservationState {
    reserved,  ///< its units are held
    rejected,  ///< refused, nothing is held
    committed, ///< paid: its units are sold
    released,  ///< its units are back
    tombstone, ///< it failed or was cancelled before it was heard of: nothing may be held for it
};
std::string_view to_string(ReservationState state);
std::optional<ReservationState> parse_reservation_state(std::string_view word);

enum class RejectionReason { out_of_stock, price_changed, unknown_product };
std::string_view to_string(RejectionReason reason);

struct Rejection {
    RejectionReason reason;
    std::string message; ///< a sentence for the customer
};

/// Units of one product that an order holds or has bought. An order has one a product.
struct ReservedLine {
    ProductId product;
    std::int64_t quantity = 0;
    friend bool operator==(const ReservedLine&, const ReservedLine&) = default;
};

struct Reservation {
    ReservationState state = ReservationState::reserved;
    std::vector<ReservedLine> lines; ///< by ascending product; empty when nothing was ever held
};

} // namespace tandem::product
