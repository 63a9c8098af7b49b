#include "services/user/infrastructure/user_row.hpp"

#include <stdexcept>

namespace tandem::user {

User read_user(postgres::Row row) {
    auto email = EmailAddress::parse(row.text(1));
    const auto role = parse_role(row.text(3));
    if (!email || !role) {
        throw std::logic_error("the table users holds a row that the domain refuses");
    }
    return {.id = UserId(row.integer(0)),
            .email = *std::move(email),
            .full_name = row.text(2),
            .role = *role,
            .created_at = row.timestamp(4)};
}

} // namespace tandem::user
