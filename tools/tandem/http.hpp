#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace tandem::local {

struct HttpAnswer {
    int status = 0;
    std::string body;
};

/// GET. Nothing when no whole answer came within `timeout`.
std::optional<HttpAnswer> http_get(const std::string& url, std::chrono::milliseconds timeout);

/// PUT of JSON. Nothing as above.
std::optional<HttpAnswer>
http_put_json(const std::string& url, const std::string& body, std::chrono::milliseconds timeout);

/// POST of XML through a Unix socket. Nothing as above.
std::optional<HttpAnswer> http_post_xml(const std::string& socket_path,
                                        const std::string& url,
                                        const std::string& body,
                                        std::chrono::milliseconds timeout);

} // namespace tandem::local
