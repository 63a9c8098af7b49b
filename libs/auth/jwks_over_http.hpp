#pragma once

#include "libs/auth/authenticator.hpp"
#include "libs/http/client.hpp"

#include <string_view>

namespace tandem::auth {

/// Fetches the key set from `url` ("http://127.0.0.1:8005/.well-known/jwks.json") within 5 s;
/// throws Unavailable for anything but a 200. `client` must outlive the result. ErrorKind::invalid
/// when `url` is none.
Result<Authenticator::FetchJwks> jwks_over_http(http::Client& client, std::string_view url);

} // namespace tandem::auth
