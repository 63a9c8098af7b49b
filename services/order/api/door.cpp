#include "services/order/api/door.hpp"

namespace tandem::order {

Task<Result<Caller>> Door::caller(const http::Request& request) {
    const auto arrived = std::chrono::steady_clock::now();
    auto principal = co_await authenticator_.require_user(request);
    if (!principal) {
        co_return fail(principal.error());
    }
    co_return Caller{.user = UserId(principal->user_id),
                     .email = std::move(principal->email),
                     .acts_for_all = principal->role != auth::Role::customer,
                     .authorization = std::string(request.headers.get("Authorization")),
                     .context = request.context,
                     .arrived = arrived,
                     .deadline = request.deadline};
}

Task<Result<Visit>> Door::visit(const http::Request& request) {
    auto who = co_await caller(request);
    if (!who) {
        co_return fail(who.error());
    }
    const auto id = request.id_parameter("id");
    if (!id) {
        co_return fail(id.error());
    }
    co_return Visit{*std::move(who), OrderId(*id)};
}

} // namespace tandem::order
