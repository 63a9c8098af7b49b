#pragma once

#include "lab/auditor/row_stream.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace tandem::audit {

/// Where one of the two shops keeps its data, and which orders are its own.
struct Shop {
    std::string architecture; ///< "microservices" or "monolith"
    Store order;
    Store payment;
    Store product;
    Store cart;
    Store user;
    /// Of the monolith: the schema that joins the others, with the outbox of its mails, and with `deliveries`
    /// in a broker's place.
    std::optional<Store> joint;
    /// Orders from here on and before `order_beyond` are this shop's; both pay at one provider.
    std::int64_t order_first = 0;
    std::int64_t order_beyond = 0;

    bool has_broker() const { return !joint; }
};

/// A variable that `./tandem` sets. Throws Unreadable, naming it, when it is missing.
std::string variable(const std::string& name);

/// The shop that the environment describes as `./tandem` does (TANDEM_ORDER_DATABASE_URL and so on). Throws
/// as `variable` does.
Shop microservices_of_environment();
Shop monolith_of_environment();

} // namespace tandem::audit
