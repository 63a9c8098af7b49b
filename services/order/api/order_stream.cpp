#include "services/order/api/order_stream.hpp"

#include "libs/kernel/unavailable.hpp"
#include "services/order/api/order_json.hpp"

#include <algorithm>
#include <charconv>

namespace tandem::order {
namespace {

using http::Request;
using http::Response;

constexpr std::chrono::milliseconds pause_after_failure{1'000};
constexpr std::string_view come_back_soon = "retry: 1000\n\n";
constexpr std::string_view come_back_later = "retry: 60000\n\n";

bool moves_by_itself(OrderStatus status) {
    return status == OrderStatus::pending || status == OrderStatus::processing;
}

/// The version that the client has; 0 when it names none.
int last_event_id(const Request& request) {
    const std::string_view text = request.headers.get("Last-Event-ID");
    int version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    return error == std::errc() && end == text.data() + text.size() && version > 0 ? version : 0;
}

std::string event_text(const RecordedEvent& event, const OrderState& state, std::int64_t duration_ms) {
    return "id: " + std::to_string(event.version) + "\nevent: " + event.type +
           "\ndata: " + write_status({state, duration_ms}) + "\n\n";
}

} // namespace

StreamPart stream_part(const std::vector<RecordedEvent>& history, int after, std::int64_t duration_ms) {
    StreamPart part;
    Order order;
    for (const RecordedEvent& event : history) {
        const OrderStatus before = order.status();
        order.apply(event.event, event.at);
        const bool changed = event.version == 1 || order.status() != before;
        if (changed && event.version > after) {
            part.text += event_text(event, order.state(), duration_ms);
        }
    }
    part.version = order.state().version;
    part.ended = !moves_by_itself(order.status());
    if (part.ended) {
        part.text += come_back_later;
    }
    return part;
}

void OrderStream::mount(http::Router& router) {
    router.add(http::Method::get, "/orders/{id}/stream", [this](Request request) {
        return open(std::move(request));
    });
}

Task<Response> OrderStream::open(Request request) {
    auto visit = co_await door_.visit(request);
    if (!visit) {
        co_return http::problem(visit.error(), request.path);
    }
    const OrderId id = visit->order;
    const UserId user = visit->caller.user;
    const auto order = co_await desk_.find(id, std::move(visit->caller));
    if (!order) {
        co_return http::problem(order.error(), request.path);
    }
    const int after = last_event_id(request);
    auto watcher = watch_.watch(id, user);
    if (!watcher) {
        co_return http::problem(watcher.error(), request.path);
    }
    auto shared = std::make_shared<OrderWatch::Watcher>(*std::move(watcher));
    co_return Response::events(
        [this, id, after, shared](http::ResponseStream& out) { return follow(id, after, shared, out); });
}

Task<> OrderStream::follow(OrderId order,
                           int after,
                           std::shared_ptr<OrderWatch::Watcher> watcher,
                           http::ResponseStream& out) {
    const bool listening = co_await out.write(std::string(come_back_soon));
    Step step{listening, after, heartbeat_};
    while (step.goes_on) {
        step = co_await send_news(order, step.sent, *watcher, out);
        if (!step.goes_on) {
            co_return;
        }
        const bool news = co_await watcher->news(step.patience);
        if (!news) {
            step.goes_on = co_await out.write(": nothing new\n\n");
        }
    }
}

Task<OrderStream::Step>
OrderStream::send_news(OrderId order, int sent, OrderWatch::Watcher& watcher, http::ResponseStream& out) {
    StreamPart part;
    bool failed = false;
    try {
        const auto history = co_await orders_.history(order);
        const auto stored = co_await orders_.find(order);
        part = stream_part(history, sent, stored ? stored->processing_duration_ms : 0);
    } catch (const Unavailable&) {
        failed = true;
    }
    if (failed) {
        co_return Step{true, sent, std::min(pause_after_failure, heartbeat_)};
    }
    watcher.knows(part.version);
    bool listening = true;
    if (!part.text.empty()) {
        listening = co_await out.write(std::move(part.text));
    }
    co_return Step{listening && !part.ended, std::max(sent, part.version), heartbeat_};
}

} // namespace tandem::order
