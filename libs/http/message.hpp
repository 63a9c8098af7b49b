#pragma once

#include "libs/kernel/context.hpp"
#include "libs/kernel/result.hpp"
#include "libs/kernel/task.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tandem::http {

enum class Method { get, head, post, put, patch, del, options };
std::string_view to_string(Method method); ///< "GET", ..., "DELETE"

/// Header fields in the order they came. Names compare without case (RFC 9110, section 5.1).
class Headers {
public:
    using Field = std::pair<std::string, std::string>;

    /// The first value, or an empty view.
    std::string_view get(std::string_view name) const;
    bool has(std::string_view name) const;
    void add(std::string name, std::string value);
    /// Replaces all fields of that name.
    void set(std::string name, std::string value);
    void erase(std::string_view name);
    const std::vector<Field>& all() const { return fields_; }

private:
    std::vector<Field> fields_;
};

using Deadline = std::chrono::steady_clock::time_point;

struct Request {
    Method method = Method::get;
    std::string path;  ///< percent-decoded is each parameter, not this: "/products/7"
    std::string query; ///< without '?', still encoded
    Headers headers;
    std::string body;

    /// Filled by the server: trace of this request's span, request id, the peer's address.
    Context context;
    std::string client_address;
    /// When the answer is worthless. Comes from `X-Deadline-Ms` (relative, set by the gateway) or
    /// the server's own limit. Hand it to every call made on behalf of this request.
    Deadline deadline = Deadline::max();

    /// Filled by the router from the pattern "/products/{id}".
    std::vector<std::pair<std::string, std::string>> path_parameters;
    std::string route; ///< the pattern that matched, for metrics; of a request to be sent: for its span

    std::string_view parameter(std::string_view name) const;
    /// A positive 64-bit integer; else not_found, since such a thing cannot exist.
    Result<std::int64_t> id_parameter(std::string_view name) const;
    /// A query parameter, decoded; the first if repeated.
    std::optional<std::string> query_parameter(std::string_view name) const;
    /// An integer of [least, most]; `fallback` when absent; else ErrorKind::invalid naming it.
    Result<std::int64_t>
    integer_query(std::string_view name, std::int64_t fallback, std::int64_t least, std::int64_t most) const;
};

/// Where a streaming answer writes. `write` sends one chunk and suspends while the peer is slow;
/// false when the peer is gone or the server drains: return then. What is so cut short ends without
/// the last chunk, so that the peer can tell it from a whole answer.
class ResponseStream {
public:
    virtual ~ResponseStream() = default;
    virtual Task<bool> write(std::string chunk) = 0;
};
/// Runs after the head was sent; the answer ends when it returns. Owns what it captures.
using StreamBody = std::function<Task<>(ResponseStream& stream)>;

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    StreamBody stream; ///< when set, `body` is ignored and the answer is chunked
    std::string route; ///< set by the router, for metrics: the pattern that matched

    static Response json(int status, std::string body);
    static Response
    text(int status, std::string body, std::string content_type = "text/plain; charset=utf-8");
    static Response no_content();
    /// text/event-stream (WHATWG HTML, section 9.2), uncached and unbuffered.
    static Response events(StreamBody stream);
};

/// application/problem+json (RFC 9457): type, title, status, detail, instance, errors. Adds
/// `WWW-Authenticate` to 401 and `Retry-After` to 429 and 503. `instance` is the request's path.
Response problem(const Error& error, std::string_view instance);
/// The same for a status that no ErrorKind stands for (405, 413, 415, 504).
Response problem(int status, std::string detail, std::string_view instance);

int status_of(ErrorKind kind);

using Handler = std::function<Task<Response>(Request request)>;

/// Status 415 unless the request says application/json (parameters allowed); a request without a
/// body passes. For handlers that read a body.
std::optional<Response> require_json(const Request& request);

} // namespace tandem::http
