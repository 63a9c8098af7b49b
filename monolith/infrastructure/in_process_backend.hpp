#pragma once

#include "gateway/backend.hpp"
#include "libs/http/router.hpp"

namespace tandem::monolith {

/// Behind the door there are no services to call: the modules' own routes answer, in this process.
class InProcessBackend final : public gateway::Backend {
public:
    explicit InProcessBackend(const http::Router& modules) : modules_(modules) {}

    Task<http::Response> send(const gateway::Route&, http::Request request) override {
        return modules_.handle(std::move(request));
    }

private:
    const http::Router& modules_;
};

} // namespace tandem::monolith
