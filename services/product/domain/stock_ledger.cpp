#include "services/product/domain/stock_ledger.hpp"

#include <cassert>
#include <fmt/format.h>
#include <utility>

namespace tandem::product {
namespace {

std::vector<ReservedLine> merged(const std::vector<OrderLine>& lines) {
    std::map<ProductId, std::int64_t> quantities;
    for (const OrderLine& line : lines) {
        quantities[line.product] += line.quantity;
    }
    std::vector<ReservedLine> result;
    for (const auto& [product, quantity] : quantities) {
        result.push_back({product, quantity});
    }
    return result;
}

Rejection unknown(const OrderLine& line) {
    const std::string name = line.product_name.empty() ? "" : fmt::format(" ({})", line.product_name);
    return {RejectionReason::unknown_product,
            fmt::format("Product {}{} is not in the catalog any more.", line.product.value(), name)};
}

Rejection price_changed(const OrderLine& line, const ShelfItem& item) {
    return {RejectionReason::price_changed,
            fmt::format("The price of {} (product {}) is {} now, not {}.",
                        item.name,
                        line.product.value(),
                        item.price.to_string(),
                        line.price.to_string())};
}

Rejection out_of_stock(const ReservedLine& line, const ShelfItem& item, std::int64_t left) {
    return {RejectionReason::out_of_stock,
            fmt::format("{} (product {}) is out of stock: {} ordered, {} left.",
                        item.name,
                        line.product.value(),
                        line.quantity,
                        left)};
}

} // namespace

std::string_view to_string(Effect effect) {
    switch (effect) {
    case Effect::nothing:
        return "nothing";
    case Effect::reserved:
        return "reserved";
    case Effect::rejected:
        return "rejected";
    case Effect::committed:
        return "committed";
    case Effect::released:
        return "released";
    case Effect::restocked:
        return "restocked";
    case Effect::refused:
        return "refused";
    case Effect::premature:
        return "premature";
    }
    std::unreachable();
}

void StockLedger::put_on_shelf(ProductId product, ShelfItem item) {
    const Stock stock = item.stock;
    shelf_.insert_or_assign(product, Slot{std::move(item), stock, stock});
}

void StockLedger::remember(OrderId order, Reservation reservation) {
    reservations_.insert_or_assign(order, std::move(reservation));
}

std::optional<Rejection> StockLedger::objection(const Order& order,
                                                const std::vector<ReservedLine>& wanted) const {
    for (const OrderLine& line : order.lines) {
        const auto slot = shelf_.find(line.product);
        if (slot == shelf_.end() || !slot->second.item.on_sale) {
            return unknown(line);
        }
    }
    for (const OrderLine& line : order.lines) {
        const ShelfItem& item = shelf_.at(line.product).item;
        if (line.price != item.price) {
            return price_changed(line, item);
        }
    }
    for (const ReservedLine& line : wanted) {
        const Slot& slot = shelf_.at(line.product);
        if (line.quantity > slot.now.available) {
            return out_of_stock(line, slot.item, slot.now.available);
        }
    }
    return std::nullopt;
}

Decision StockLedger::reserve(const Order& order) {
    if (find(order.id) != nullptr) {
        return {};
    }
    std::vector<ReservedLine> wanted = merged(order.lines);
    new_.insert(order.id);
    if (auto rejection = objection(order, wanted)) {
        reservations_.emplace(order.id, Reservation{ReservationState::rejected, {}});
        return {Effect::rejected, std::move(rejection)};
    }
    for (const ReservedLine& line : wanted) {
        [[maybe_unused]] const bool held = shelf_.at(line.product).now.reserve(line.quantity);
        assert(held); // objection() has looked at the same stock
    }
    reservations_.emplace(order.id, Reservation{ReservationState::reserved, std::move(wanted)});
    return {Effect::reserved};
}

Decision StockLedger::commit(OrderId order) {
    Reservation* const reservation = find(order);
    if (reservation == nullptr) {
        return {Effect::premature};
    }
    if (reservation->state == ReservationState::committed) {
        return {};
    }
    if (reservation->state != ReservationState::reserved) {
        return {Effect::refused};
    }
    for (const ReservedLine& line : reservation->lines) {
        shelf_.at(line.product).now.sell(line.quantity);
    }
    reservation->state = ReservationState::committed;
    changed_.insert(order);
    return {Effect::committed};
}

Decision StockLedger::release(OrderId order) {
    Reservation* const reservation = find(order);
    if (reservation == nullptr) {
        bury(order);
        return {};
    }
    if (reservation->state != ReservationState::reserved) {
        return {};
    }
    release_lines(order, *reservation);
    return {Effect::released};
}

Decision StockLedger::cancel(OrderId order) {
    Reservation* const reservation = find(order);
    if (reservation == nullptr || reservation->state != ReservationState::committed) {
        return release(order);
    }
    for (const ReservedLine& line : reservation->lines) {
        shelf_.at(line.product).now.take_back(line.quantity);
    }
    reservation->state = ReservationState::released;
    changed_.insert(order);
    return {Effect::restocked};
}

void StockLedger::release_lines(OrderId order, Reservation& reservation) {
    for (const ReservedLine& line : reservation.lines) {
        shelf_.at(line.product).now.release(line.quantity);
    }
    reservation.state = ReservationState::released;
    changed_.insert(order);
}

void StockLedger::bury(OrderId order) {
    reservations_.emplace(order, Reservation{ReservationState::tombstone, {}});
    new_.insert(order);
}

Reservation* StockLedger::find(OrderId order) {
    const auto found = reservations_.find(order);
    return found == reservations_.end() ? nullptr : &found->second;
}

std::vector<StockLedger::StockMove> StockLedger::moves() const {
    std::vector<StockMove> moves;
    for (const auto& [product, slot] : shelf_) {
        if (slot.now != slot.before) {
            moves.push_back({product,
                             slot.now.available - slot.before.available,
                             slot.now.reserved - slot.before.reserved,
                             slot.now.sold - slot.before.sold});
        }
    }
    return moves;
}

std::vector<StockLedger::ReservationRecord> StockLedger::new_reservations() const {
    std::vector<ReservationRecord> records;
    for (const OrderId order : new_) {
        records.push_back({order, reservations_.at(order)});
    }
    return records;
}

std::vector<StockLedger::ReservationRecord> StockLedger::changed_reservations() const {
    std::vector<ReservationRecord> records;
    for (const OrderId order : changed_) {
        if (!new_.contains(order)) {
            records.push_back({order, reservations_.at(order)});
        }
    }
    return records;
}

} // namespace tandem::product
