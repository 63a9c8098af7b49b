#include "libs/auth/jwks_over_http.hpp"

#include "libs/kernel/unavailable.hpp"

#include <string>
#include <utility>

namespace tandem::auth {
namespace {

constexpr std::chrono::seconds fetch_timeout{5};

Task<std::string> fetch(http::Client& client, http::Endpoint endpoint, std::string path) {
    http::Request request;
    request.path = std::move(path);
    request.deadline = std::chrono::steady_clock::now() + fetch_timeout;
    http::Response response = co_await client.send(std::move(endpoint), std::move(request));
    if (response.status != 200) {
        throw Unavailable("the key set was answered with " + std::to_string(response.status));
    }
    co_return std::move(response.body);
}

} // namespace

Result<Authenticator::FetchJwks> jwks_over_http(http::Client& client, std::string_view url) {
    constexpr std::string_view scheme = "http://";
    const std::size_t slash = url.starts_with(scheme) ? url.find('/', scheme.size()) : std::string_view::npos;
    auto endpoint = http::Endpoint::parse(url.substr(0, slash));
    if (!endpoint) {
        return fail(std::move(endpoint.error()));
    }
    std::string path(slash == std::string_view::npos ? "/" : url.substr(slash));
    return [&client, where = *std::move(endpoint), path = std::move(path)] {
        return fetch(client, where, path);
    };
}

} // namespace tandem::auth
