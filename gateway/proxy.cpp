#include "gateway/proxy.hpp"

#include "gateway/forwarding.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"

namespace tandem::gateway {
namespace {

constexpr std::size_t unstreamed_bytes_max = 16U << 20U;

/// An answer that is passed on as it comes; it counts as outstanding until it ends.
struct Relay {
    std::unique_ptr<http::BodyReader> body;
    Ticket ticket;
};

Task<> pass_on(std::shared_ptr<Relay> relay, http::ResponseStream& out) {
    for (;;) {
        std::string some = co_await relay->body->read_some();
        if (some.empty()) {
            co_return;
        }
        const bool open = co_await out.write(std::move(some));
        if (!open) {
            co_return;
        }
    }
}

Task<std::string> read_all(http::BodyReader& body) {
    std::string all;
    for (;;) {
        const std::string some = co_await body.read_some();
        if (some.empty()) {
            co_return all;
        }
        all += some;
        if (all.size() > unstreamed_bytes_max) {
            throw Unavailable("an upstream's answer is too large");
        }
    }
}

bool may_repeat(http::Method method) {
    return method == http::Method::get || method == http::Method::head;
}

bool is_event_stream(const http::Response& head) {
    return head.status == 200 && head.headers.get("Content-Type").starts_with("text/event-stream");
}

} // namespace

Task<http::Response> Proxy::send(const Route& route, http::Request request) {
    Upstream& upstream = upstreams_.find(route.service)->second;
    std::vector<const Instance*> tried;
    std::exception_ptr failure;
    while (tried.size() < options_.attempts_max) {
        Instance* const instance = upstream.choose(SteadyClock::now(), tried);
        if (instance == nullptr) {
            break;
        }
        tried.push_back(instance);
        try {
            http::Request copy = request;
            http::Response answer = co_await try_instance(route, *instance, std::move(copy));
            co_return answer;
        } catch (const http::NotSent&) {
            failure = std::current_exception();
        } catch (const DeadlineExceeded&) {
            throw;
        } catch (const Unavailable&) {
            failure = std::current_exception();
            if (!may_repeat(request.method)) {
                break;
            }
        }
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    throw Unavailable("no instance of the " + route.service + " service is there");
}

Task<http::Response> Proxy::try_instance(const Route& route, Instance& instance, http::Request request) {
    const bool fair = request.deadline - SteadyClock::now() >= options_.fair_time;
    try {
        Task<http::Response> call =
            route.streaming ? open(instance, std::move(request)) : exchange(instance, std::move(request));
        http::Response answer = co_await std::move(call);
        instance.succeeded();
        co_return answer;
    } catch (const DeadlineExceeded&) {
        if (fair) {
            instance.failed(Failure::timed_out, SteadyClock::now());
        }
        throw;
    } catch (const http::TooBusy&) {
        throw;
    } catch (const Unavailable& broken) {
        instance.failed(Failure::unreachable, SteadyClock::now());
        telemetry::log_warn("upstream failed",
                            {{"upstream", instance.endpoint().to_string()}, {"error", broken.what()}});
        throw;
    }
}

Task<http::Response> Proxy::exchange(Instance& instance, http::Request request) {
    const Ticket ticket(instance);
    http::Response answer = co_await calls_.send(instance.endpoint(), std::move(request));
    co_return passed_on(std::move(answer));
}

Task<http::Response> Proxy::open(Instance& instance, http::Request request) {
    Ticket ticket(instance);
    http::StreamedResponse opened = co_await streams_.open(instance.endpoint(), std::move(request));
    http::Response response = passed_on(std::move(opened.head));
    if (!is_event_stream(response)) {
        response.body = co_await read_all(*opened.body);
        co_return response;
    }
    const auto relay = std::make_shared<Relay>(std::move(opened.body), std::move(ticket));
    response.stream = [relay](http::ResponseStream& out) { return pass_on(relay, out); };
    co_return response;
}

} // namespace tandem::gateway
