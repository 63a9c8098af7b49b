#pragma once

#include "libs/http/message.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tandem::http {

/// Finds the handler for a method and path. Patterns: "/orders/{id}/status"; a fixed segment wins
/// over a parameter ("/products/categories" over "/products/{id}"), whatever the order of `add`.
/// A parameter matches one segment, percent-decoded, at most 256 bytes. "/files/{path...}" matches
/// the rest. A trailing slash is ignored. HEAD is answered by GET's handler. Unknown path: 404;
/// known path, other method: 405 with `Allow`. `add` asserts that nothing is added twice.
class Router {
public:
    Router();
    ~Router();

    void add(Method method, std::string pattern, Handler handler);

    /// Runs the handler. An exception that leaves it becomes 503 (postgres, broker or upstream not
    /// reachable: `tandem::Unavailable`), 504 (past the deadline) or 500, is logged with the
    /// request id, and never shows its text to the client.
    Task<Response> handle(Request request) const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

} // namespace tandem::http
