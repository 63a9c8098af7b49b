#include "services/user/infrastructure/postgres_users.hpp"

#include "libs/messaging/outbox.hpp"
#include "services/user/infrastructure/user_events.hpp"
#include "services/user/infrastructure/user_row.hpp"

namespace tandem::user {
namespace {

constexpr postgres::Query next_id{"user.next_id", "SELECT nextval(pg_get_serial_sequence('users', 'id'))"};

constexpr postgres::Query insert_user{
    "user.insert",
    "INSERT INTO users (id, email, full_name, role, password_hash, created_at) OVERRIDING SYSTEM VALUE"
    " VALUES ($1, $2, $3, $4, $5, $6)"};

constexpr postgres::Query insert_if_absent{
    "user.insert_if_absent",
    "INSERT INTO users (email, full_name, role, password_hash, created_at)"
    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING"};

constexpr postgres::Query find_by_id{
    "user.find", "SELECT id, email, full_name, role, created_at FROM users WHERE id = $1"};

constexpr postgres::Query find_by_email{
    "user.find_credentials",
    "SELECT id, email, full_name, role, created_at, password_hash FROM users WHERE email = $1"};

constexpr postgres::Query replace_hash{
    "user.replace_password_hash", "UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2"};

std::unexpected<Error> taken() {
    return fail(ErrorKind::conflict, "An account with this e-mail address exists already.");
}

} // namespace

Task<Result<User>> PostgresUsers::add(NewUser user, Context context, Deadline begin_by) {
    // The event's body needs the number before the unit that stores both. nextval() writes.
    std::vector<postgres::Statement> unit;
    unit.push_back({next_id, postgres::Params()});
    const auto numbers = co_await pool_.execute(std::move(unit), postgres::BeginBy{begin_by});
    User fresh{.id = UserId(numbers[0][0].integer(0)),
               .email = std::move(user.email),
               .full_name = std::move(user.full_name),
               .role = user.role,
               .created_at = user.created_at};
    auto stored =
        co_await store(std::move(fresh), std::move(user.password_hash), std::move(context), begin_by);
    co_return stored;
}

Task<Result<User>>
PostgresUsers::store(User user, std::string password_hash, Context context, Deadline begin_by) {
    postgres::Params row(
        user.id, user.email.text(), user.full_name, to_string(user.role), password_hash, user.created_at);
    std::vector<postgres::Statement> unit;
    unit.push_back({insert_user, std::move(row)});
    unit.push_back(messaging::store_events({registered_event(user, std::move(context))}));
    try {
        co_await pool_.execute(std::move(unit), postgres::BeginBy{begin_by});
    } catch (const postgres::StatementError& error) {
        if (error.constraint() == "users_email_taken") {
            co_return taken();
        }
        throw;
    }
    on_stored_();
    co_return user;
}

Task<> PostgresUsers::add_if_absent(NewUser user) {
    postgres::Params row(
        user.email.text(), user.full_name, to_string(user.role), user.password_hash, user.created_at);
    std::vector<postgres::Statement> unit;
    unit.push_back({insert_if_absent, std::move(row)});
    co_await pool_.execute(std::move(unit));
}

Task<std::optional<User>> PostgresUsers::find(UserId id) {
    const auto rows = co_await pool_.query(find_by_id, postgres::Params(id));
    co_return rows.empty() ? std::nullopt : std::optional(read_user(rows[0]));
}

Task<std::optional<Credentials>> PostgresUsers::find_credentials(EmailAddress email) {
    const auto rows = co_await pool_.query(find_by_email, postgres::Params(email.text()));
    if (rows.empty()) {
        co_return std::nullopt;
    }
    co_return Credentials{read_user(rows[0]), rows[0].text(5)};
}

Task<> PostgresUsers::replace_password_hash(UserId id, std::string before, std::string after) {
    std::vector<postgres::Statement> unit;
    unit.push_back({replace_hash, postgres::Params(id, before, after)});
    co_await pool_.execute(std::move(unit));
}

} // namespace tandem::user
