#pragma once

#include "libs/http/client.hpp"

#include <cstdint>
#include <string>

namespace tandem::lab {

/// What is told to the payment provider and to the broker over HTTP. Everything throws Unavailable or
/// std::runtime_error. Use on the event loop's thread.
class Outside {
public:
    /// `broker_url` is the management API, with user and password ("http://user:password@127.0.0.1:15672").
    Outside(Executor executor, const std::string& provider_url, const std::string& broker_url);

    Task<std::string> behaviour();
    Task<> behave(std::string behaviour);

    /// Resumes when the broker has confirmed it.
    Task<> poison(std::string queue);
    Task<std::int64_t> dead_letters();

private:
    Task<http::Response>
    ask_broker(http::Method method, std::string path, std::string query, std::string body);

    http::Client client_;
    http::Endpoint provider_;
    http::Endpoint broker_;
    std::string broker_login_; ///< an Authorization header
};

} // namespace tandem::lab
