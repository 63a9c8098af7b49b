#pragma once

#include "libs/http/message.hpp"

namespace tandem::order {

struct Page {
    std::int64_t skip = 0;
    std::int64_t limit = 0;
};

/// ?skip=0&limit=100; invalid beyond 500 a page.
inline Result<Page> read_page(const http::Request& request) {
    const auto skip = request.integer_query("skip", 0, 0, 1'000'000);
    if (!skip) {
        return fail(skip.error());
    }
    const auto limit = request.integer_query("limit", 100, 1, 500);
    if (!limit) {
        return fail(limit.error());
    }
    return Page{*skip, *limit};
}

} // namespace tandem::order
