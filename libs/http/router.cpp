#include "libs/http/router.hpp"

#include "libs/http/url.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>

namespace tandem::http {
namespace {

constexpr std::size_t methods_count = 7;
constexpr std::size_t parameter_bytes_max = 256;

std::size_t index_of(Method method) {
    return static_cast<std::size_t>(method);
}

struct Route {
    Handler handler;
    std::string pattern;
    std::vector<std::string> names; ///< of the parameters, left to right
};

/// The segments of "/a/b/" are "a" and "b": one trailing slash is ignored.
std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        segments.push_back(segment);
        path.remove_prefix(segment.size());
    }
    return segments;
}

bool is_parameter(std::string_view segment) {
    return segment.starts_with('{') && segment.ends_with('}');
}

} // namespace

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> rest;
    std::array<std::optional<Route>, methods_count> routes;

    bool has_routes() const {
        return std::ranges::any_of(routes, [](const auto& route) { return route.has_value(); });
    }

    static Node& child(std::unique_ptr<Node>& node) {
        if (node == nullptr) {
            node = std::make_unique<Node>();
        }
        return *node;
    }

    using Segments = std::vector<std::string_view>;

    /// The node that `segments` from `at` on lead to, filling `values`; a fixed segment is tried
    /// first, and given up when nothing lies behind it.
    const Node* find(const Segments& segments, std::size_t at, Segments& values) const {
        if (at == segments.size()) {
            return has_routes() ? this : nullptr;
        }
        if (const auto next = fixed.find(segments[at]); next != fixed.end()) {
            if (const Node* found = next->second->find(segments, at + 1, values)) {
                return found;
            }
        }
        if (parameter != nullptr && !segments[at].empty()) {
            values.push_back(segments[at]);
            if (const Node* found = parameter->find(segments, at + 1, values)) {
                return found;
            }
            values.pop_back();
        }
        if (rest != nullptr) {
            const char* const end = segments.back().data() + segments.back().size();
            values.emplace_back(segments[at].data(), end);
            return rest.get();
        }
        return nullptr;
    }

    const Route* route(Method method) const {
        const auto& exact = routes[index_of(method)];
        const auto& instead = routes[index_of(method == Method::head ? Method::get : method)];
        return exact ? &*exact : instead ? &*instead : nullptr;
    }

    std::string allowed() const {
        std::string list;
        const auto append = [&](Method method) {
            list += list.empty() ? "" : ", ";
            list += to_string(method);
        };
        for (std::size_t i = 0; i < methods_count; ++i) {
            const auto method = static_cast<Method>(i);
            if (route(method) != nullptr) {
                append(method);
            }
        }
        return list;
    }
};

namespace {

/// Gives the request its parameters, decoded; false when one of them cannot exist.
bool fill_parameters(Request& request, const Route& route, const std::vector<std::string_view>& values) {
    request.path_parameters.clear();
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto decoded = percent_decode(values[i]);
        if (!decoded || decoded->size() > parameter_bytes_max) {
            return false;
        }
        request.path_parameters.emplace_back(route.names[i], *std::move(decoded));
    }
    return true;
}

void log_failure(const Context& context, const Route& route, std::string_view what) {
    telemetry::log_error("request failed",
                         {{"route", route.pattern},
                          {"error", what},
                          {"request_id", context.request_id},
                          {"traceparent", context.traceparent}});
}

Task<Response> run_handler(const Route& route, Request request) {
    const Context context = request.context;
    const std::string path = request.path;
    try {
        Task<Response> answer = route.handler(std::move(request));
        Response response = co_await std::move(answer);
        co_return response;
    } catch (const DeadlineExceeded& late) {
        log_failure(context, route, late.what());
        co_return problem(504, "The answer did not come in time.", path);
    } catch (const Unavailable& broken) {
        log_failure(context, route, broken.what());
        co_return problem(503, "A part of the shop is not available now; please try again soon.", path);
    } catch (const std::exception& bug) {
        log_failure(context, route, bug.what());
        co_return problem(500, "Something went wrong on our side.", path);
    }
}

} // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

void Router::add(Method method, std::string pattern, Handler handler) {
    assert(pattern.starts_with('/'));
    Node* node = root_.get();
    Route route{.handler = std::move(handler), .pattern = pattern, .names = {}};
    for (const std::string_view segment : segments_of(pattern)) {
        assert(node != nullptr && "nothing can follow {name...}");
        if (!is_parameter(segment)) {
            node = &Node::child(node->fixed[std::string(segment)]);
            continue;
        }
        std::string_view name = segment.substr(1, segment.size() - 2);
        const bool takes_rest = name.ends_with("...");
        name.remove_suffix(takes_rest ? 3 : 0);
        route.names.emplace_back(name);
        node = &Node::child(takes_rest ? node->rest : node->parameter);
    }
    assert(!node->routes[index_of(method)] && "a route is added once");
    node->routes[index_of(method)] = std::move(route);
}

Task<Response> Router::handle(Request request) const {
    std::vector<std::string_view> values;
    const std::string path = request.path;
    const auto segments = segments_of(path);
    const Node* node = root_->find(segments, 0, values);
    if (node == nullptr) {
        co_return problem(404, "There is nothing at this path.", path);
    }
    const Route* route = node->route(request.method);
    if (route == nullptr) {
        Response refusal = problem(405, "This path does not know that method.", path);
        refusal.headers.add("Allow", node->allowed());
        co_return refusal;
    }
    if (!fill_parameters(request, *route, values)) {
        co_return problem(404, "There is nothing at this path.", path);
    }
    request.route = route->pattern;
    Response response = co_await run_handler(*route, std::move(request));
    response.route = route->pattern;
    co_return response;
}

} // namespace tandem::http
