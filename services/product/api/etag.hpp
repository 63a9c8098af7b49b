#pragma once

#include "libs/http/message.hpp"

namespace tandem::product {

/// Gives a 200 answer an ETag made of its body and total count (RFC 9110, section 8.8.3; weak, and
/// the same on every instance), lets caches keep it if they ask again each time, and turns it into
/// 304 without a body when the request's If-None-Match names the tag.
http::Response with_etag(const http::Request& request, http::Response response);

} // namespace tandem::product
