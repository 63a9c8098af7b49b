#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/router.hpp"
#include "services/user/core/registration.hpp"
#include "services/user/core/sessions.hpp"

#include <set>
#include <string>

namespace tandem::user {

/// The account part of the contract, for whichever program mounts it, below `prefix` ("" or "/api").
class UserRoutes {
public:
    struct Options {
        std::string jwks; ///< answer of GET /.well-known/jwks.json, which has no prefix
        std::set<std::string> trusted_proxies;
    };

    UserRoutes(Registration& registration,
               Sessions& sessions,
               Users& users,
               auth::Authenticator& authenticator,
               Options options)
        : registration_(registration), sessions_(sessions), users_(users), authenticator_(authenticator),
          options_(std::move(options)) {}

    void mount(http::Router& router, const std::string& prefix = "");

private:
    Task<http::Response> sign_up(http::Request request);
    Task<http::Response> log_in(http::Request request);
    Task<http::Response> refresh(http::Request request);
    Task<http::Response> log_out(http::Request request);
    Task<http::Response> me(http::Request request);
    Task<http::Response> user(http::Request request);
    Task<http::Response> jwks();
    Task<http::Response> show(UserId id, std::string path);

    Registration& registration_;
    Sessions& sessions_;
    Users& users_;
    auth::Authenticator& authenticator_;
    Options options_;
};

} // namespace tandem::user
