#pragma once

#include "libs/http/router.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace tandem::runtime {

/// The routes by which a process is operated; libs/runtime/service.hpp lists them.
class Operations {
public:
    using Check = std::function<bool()>;

    explicit Operations(std::string service);

    void add_check(std::string name, Check check) { checks_.emplace_back(std::move(name), std::move(check)); }
    void mount(http::Router& router);
    /// From now on the process says that it is not ready.
    void stop() { stopping_ = true; }

    /// True for a path that `mount` serves.
    static bool owns(std::string_view path);

private:
    Task<http::Response> live(http::Request request);
    Task<http::Response> ready(http::Request request);
    Task<http::Response> health(http::Request request);
    Task<http::Response> metrics(http::Request request);
    Task<http::Response> greeting(http::Request request);

    std::vector<std::string> failing() const;
    std::string summary(bool with_checks) const;

    std::string service_;
    std::vector<std::pair<std::string, Check>> checks_;
    bool stopping_ = false;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

} // namespace tandem::runtime
