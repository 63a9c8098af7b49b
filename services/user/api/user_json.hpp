#pragma once

#include "libs/json/json.hpp"
#include "services/user/core/sessions.hpp"
#include "services/user/domain/user.hpp"

#include <optional>
#include <string>

namespace tandem::user {

/// Bodies of requests, as they come.
struct RegisterBody {
    std::optional<std::string> email; ///< optional only here, so that all that is wrong is told at once
    std::optional<std::string> password;
    std::optional<std::string> full_name;
    std::optional<std::string> name; ///< older clients say name
};
BOOST_DESCRIBE_STRUCT(RegisterBody, (), (email, password, full_name, name))

struct LoginBody {
    std::string email;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(LoginBody, (), (email, password))

struct RefreshBody {
    std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(RefreshBody, (), (refresh_token))

/// {id, email, name, full_name, role, created_at}
std::string write_user(const User& user);
/// {access_token, token_type, expires_in, refresh_token}
std::string write_session(const Session& session);

} // namespace tandem::user
