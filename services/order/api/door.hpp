#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/message.hpp"
#include "services/order/core/caller.hpp"

namespace tandem::order {

/// Somebody at one order's path.
struct Visit {
    Caller caller;
    OrderId order;
};

/// Finds out who is calling.
class Door {
public:
    explicit Door(auth::Authenticator& authenticator) : authenticator_(authenticator) {}

    /// unauthenticated without a good token.
    Task<Result<Caller>> caller(const http::Request& request);
    /// The same for a path with "{id}"; not_found when that is no number.
    Task<Result<Visit>> visit(const http::Request& request);

private:
    auth::Authenticator& authenticator_;
};

} // namespace tandem::order
