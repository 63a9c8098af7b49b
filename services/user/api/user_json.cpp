#include "services/user/api/user_json.hpp"

namespace tandem::user {
namespace {

struct UserAnswer {
    UserId id;
    std::string email;
    std::string name;
    std::string full_name;
    std::string role;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(UserAnswer, (), (id, email, name, full_name, role, created_at))

struct SessionAnswer {
    std::string access_token;
    std::string token_type = "bearer";
    std::int64_t expires_in = 0;
    std::string refresh_token;
};
BOOST_DESCRIBE_STRUCT(SessionAnswer, (), (access_token, token_type, expires_in, refresh_token))

} // namespace

std::string write_user(const User& user) {
    return json::write(UserAnswer{.id = user.id,
                                  .email = user.email.text(),
                                  .name = user.full_name,
                                  .full_name = user.full_name,
                                  .role = std::string(to_string(user.role)),
                                  .created_at = user.created_at});
}

std::string write_session(const Session& session) {
    return json::write(SessionAnswer{.access_token = session.access_token,
                                     .expires_in = session.expires_in.count(),
                                     .refresh_token = session.refresh_token});
}

} // namespace tandem::user
