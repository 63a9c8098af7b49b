#pragma once

#include "libs/http/router.hpp"
#include "services/order/api/door.hpp"
#include "services/order/api/order_watch.hpp"
#include "services/order/core/order_desk.hpp"

#include <memory>
#include <string>

namespace tandem::order {

/// The server-sent events (WHATWG HTML, section 9.2) of an order's state changes after version
/// `after`: id = version, event = type, data = the status as it was then. Once nothing moves the order
/// any more but what a person does (paid, shipped, delivered, failed, cancelled) they end, and ask to
/// come back in a minute instead of a second.
struct StreamPart {
    std::string text;
    int version = 0;    ///< of the whole history
    bool ended = false; ///< nothing follows by itself
};
StreamPart stream_part(const std::vector<RecordedEvent>& history, int after, std::int64_t duration_ms);

/// GET /orders/{id}/stream. Sends what happened after Last-Event-ID, then each state change as it
/// comes, a comment when nothing came for `heartbeat` (each second while the orders cannot be read, so
/// that who has left is noticed), and ends as stream_part says. When the server drains it breaks off
/// without an end: the client comes back with its Last-Event-ID and gets the rest from another
/// instance. 503 when too many streams are open, 429 when one customer has too many of them.
class OrderStream {
public:
    OrderStream(
        Orders& orders, OrderDesk& desk, Door& door, OrderWatch& watch, std::chrono::milliseconds heartbeat)
        : orders_(orders), desk_(desk), door_(door), watch_(watch), heartbeat_(heartbeat) {}

    void mount(http::Router& router);

private:
    struct Step {
        bool goes_on = true;
        int sent = 0;
        std::chrono::milliseconds patience{}; ///< then the client is told that there is nothing new
    };
    Task<http::Response> open(http::Request request);
    Task<>
    follow(OrderId order, int after, std::shared_ptr<OrderWatch::Watcher> watcher, http::ResponseStream& out);
    Task<Step> send_news(OrderId order, int sent, OrderWatch::Watcher& watcher, http::ResponseStream& out);

    Orders& orders_;
    OrderDesk& desk_;
    Door& door_;
    OrderWatch& watch_;
    std::chrono::milliseconds heartbeat_;
};

} // namespace tandem::order
