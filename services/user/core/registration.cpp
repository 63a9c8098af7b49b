#include "services/user/core/registration.hpp"

#include "libs/kernel/unavailable.hpp"

namespace tandem::user {

Task<Result<NewUser>> Registration::prepare(SignUp wish, Role role) {
    auto hash = co_await hasher_.hash(std::move(wish.password));
    if (!hash) {
        co_return fail(hash.error());
    }
    co_return NewUser{.email = std::move(wish.email),
                      .full_name = std::move(wish.full_name),
                      .role = role,
                      .password_hash = *std::move(hash),
                      .created_at = clock_.now()};
}

Task<Result<User>> Registration::sign_up(SignUp wish, Context context, Deadline deadline) {
    auto fresh = co_await prepare(std::move(wish), Role::customer);
    if (!fresh) {
        co_return fail(fresh.error());
    }
    auto user = co_await users_.add(*std::move(fresh), std::move(context), deadline);
    co_return user;
}

Task<> Registration::ensure(SignUp wish, Role role) {
    const auto existing = co_await users_.find_credentials(wish.email);
    if (existing) {
        co_return;
    }
    auto fresh = co_await prepare(std::move(wish), role);
    if (!fresh) {
        throw Unavailable(fresh.error().message());
    }
    co_await users_.add_if_absent(*std::move(fresh));
}

} // namespace tandem::user
