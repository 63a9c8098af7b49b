#include "services/user/infrastructure/user_events.hpp"

#include "libs/json/json.hpp"

namespace tandem::user {
namespace {

struct Registered {
    std::int64_t user_id = 0;
    std::string user_email;
    std::string full_name;
};
BOOST_DESCRIBE_STRUCT(Registered, (), (user_id, user_email, full_name))

} // namespace

messaging::OutgoingEvent registered_event(const User& user, Context context) {
    const Registered fields{user.id.value(), user.email.text(), user.full_name};
    return messaging::make_event(
        "user.user.registered", json::write(fields), user.created_at, std::move(context));
}

} // namespace tandem::user
