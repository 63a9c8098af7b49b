#include "services/user/domain/user.hpp"

#include <utility>

namespace tandem::user {

std::string_view to_string(Role role) {
    switch (role) {
    case Role::customer:
        return "customer";
    case Role::admin:
        return "admin";
    }
    std::unreachable();
}

std::optional<Role> parse_role(std::string_view word) {
    for (const Role role : {Role::customer, Role::admin}) {
        if (to_string(role) == word) {
            return role;
        }
    }
    return std::nullopt;
}

} // namespace tandem::user
