#pragma once

#include "libs/http/message.hpp"
#include "libs/telemetry/metrics.hpp"

#include <map>
#include <set>
#include <tuple>

namespace tandem::http {

/// What a server tells about each request that it has answered: counter, duration, log line.
class Observer {
public:
    struct Served {
        Method method;
        std::string_view path;
        std::string_view route; ///< empty: no route matched
        int status;
        std::chrono::nanoseconds duration;
        const Context& context;
    };
    void served(const Served& request);

private:
    struct Series {
        telemetry::Counter requests;
        telemetry::Histogram duration;
    };
    const Series& series_of(const Served& request);

    std::map<std::tuple<std::string_view, Method, int>, Series> series_;
    std::set<std::string, std::less<>> routes_;
};

} // namespace tandem::http
