#include "services/user/api/user_routes.hpp"

#include "services/user/api/client_address.hpp"
#include "services/user/api/user_json.hpp"

namespace tandem::user {
namespace {

using http::Method;
using http::Request;
using http::Response;

Result<SignUp> sign_up_of(const RegisterBody& body) {
    const auto& name = body.full_name ? body.full_name : body.name;
    return SignUp::check(body.email.value_or(""), body.password.value_or(""), name.value_or(""));
}

/// Someone else's account and one that does not exist look the same.
std::unexpected<Error> no_such_user() {
    return fail(ErrorKind::not_found, "There is no such user.");
}

} // namespace

void UserRoutes::mount(http::Router& router, const std::string& prefix) {
    router.add(Method::post, prefix + "/auth/register", [this](Request request) {
        return sign_up(std::move(request));
    });
    router.add(
        Method::post, prefix + "/auth/login", [this](Request request) { return log_in(std::move(request)); });
    router.add(Method::post, prefix + "/auth/refresh", [this](Request request) {
        return refresh(std::move(request));
    });
    router.add(Method::post, prefix + "/auth/logout", [this](Request request) {
        return log_out(std::move(request));
    });
    router.add(Method::get, prefix + "/auth/me", [this](Request request) { return me(std::move(request)); });
    router.add(
        Method::get, prefix + "/users/{id}", [this](Request request) { return user(std::move(request)); });
    router.add(Method::get, "/.well-known/jwks.json", [this](const Request&) { return jwks(); });
}

Task<Response> UserRoutes::sign_up(Request request) {
    if (auto refused = http::require_json(request)) {
        co_return *std::move(refused);
    }
    const auto body = json::read<RegisterBody>(request.body);
    if (!body) {
        co_return http::problem(body.error(), request.path);
    }
    auto wish = sign_up_of(*body);
    if (!wish) {
        co_return http::problem(wish.error(), request.path);
    }
    const auto user = co_await registration_.sign_up(*std::move(wish), request.context, request.deadline);
    if (!user) {
        co_return http::problem(user.error(), request.path);
    }
    co_return Response::json(201, write_user(*user));
}

Task<Response> UserRoutes::log_in(Request request) {
    if (auto refused = http::require_json(request)) {
        co_return *std::move(refused);
    }
    auto body = json::read<LoginBody>(request.body);
    if (!body) {
        co_return http::problem(body.error(), request.path);
    }
    LoginAttempt attempt{.email = std::move(body->email),
                         .password = std::move(body->password),
                         .client = client_address(request, options_.trusted_proxies)};
    const auto session = co_await sessions_.log_in(std::move(attempt));
    if (!session) {
        co_return http::problem(session.error(), request.path);
    }
    co_return Response::json(200, write_session(*session));
}

Task<Response> UserRoutes::refresh(Request request) {
    if (auto refused = http::require_json(request)) {
        co_return *std::move(refused);
    }
    auto body = json::read<RefreshBody>(request.body);
    if (!body) {
        co_return http::problem(body.error(), request.path);
    }
    const auto session = co_await sessions_.refresh(std::move(body->refresh_token), request.deadline);
    if (!session) {
        co_return http::problem(session.error(), request.path);
    }
    co_return Response::json(200, write_session(*session));
}

Task<Response> UserRoutes::log_out(Request request) {
    if (auto refused = http::require_json(request)) {
        co_return *std::move(refused);
    }
    auto body = json::read<RefreshBody>(request.body);
    if (!body) {
        co_return http::problem(body.error(), request.path);
    }
    co_await sessions_.log_out(std::move(body->refresh_token));
    co_return Response::no_content();
}

Task<Response> UserRoutes::me(Request request) {
    const auto caller = co_await authenticator_.require_user(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    auto response = co_await show(UserId(caller->user_id), request.path);
    if (response.status == 404) { // the token outlived its user
        const Error gone(ErrorKind::unauthenticated, "The account of this access token exists no more.");
        co_return http::problem(gone, request.path);
    }
    co_return response;
}

Task<Response> UserRoutes::user(Request request) {
    const auto caller = co_await authenticator_.require_user(request);
    if (!caller) {
        co_return http::problem(caller.error(), request.path);
    }
    const auto id = request.id_parameter("id");
    if (!id || !caller->may_act_for(*id)) {
        co_return http::problem(no_such_user().error(), request.path);
    }
    auto response = co_await show(UserId(*id), request.path);
    co_return response;
}

Task<Response> UserRoutes::show(UserId id, std::string path) {
    const auto user = co_await users_.find(id);
    if (!user) {
        co_return http::problem(no_such_user().error(), path);
    }
    co_return Response::json(200, write_user(*user));
}

Task<Response> UserRoutes::jwks() {
    Response response = Response::json(200, options_.jwks);
    response.headers.set("Cache-Control", "public, max-age=60");
    co_return response;
}

} // namespace tandem::user
