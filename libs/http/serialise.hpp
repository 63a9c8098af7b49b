#pragma once

#include "libs/http/message.hpp"

namespace tandem::http {

/// How the length of an answer's body is told (RFC 9112, section 6).
enum class Framing { length, chunked, until_close, none };

struct ResponseFrame {
    Framing framing = Framing::length;
    bool keep_alive = true;
    std::string_view request_id;
    std::string_view trace_id;
};

/// Appends the status line and the header section. Date, X-Request-Id, X-Trace-Id, the framing and
/// Connection are the server's own; what the handler says of them is left out. Control characters
/// in values become spaces, so that no value can begin a header of its own.
void append_head(std::string& out, const Response& response, const ResponseFrame& frame);

/// One chunk of a chunked body (RFC 9112, section 7.1): its size line; data and CRLF follow.
void append_chunk_size(std::string& out, std::size_t bytes);

/// Appends the request line and header section that a client sends. Fields that are only about one
/// connection, Host and Content-Length are replaced. Throws std::invalid_argument when path or query
/// hold a space or a control character: the caller forgot to encode them.
void append_head(std::string& out, const Request& request, std::string_view host);

/// Connection, Keep-Alive, Transfer-Encoding, TE, Trailer, Upgrade and Proxy-* (RFC 9110, section
/// 7.6.1): never passed on.
bool is_hop_by_hop(std::string_view name);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, section 5.6.7), made once a second.
std::string_view http_date();

} // namespace tandem::http
