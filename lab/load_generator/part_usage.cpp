#include "lab/load_generator/part_usage.hpp"

#include "libs/kernel/unavailable.hpp"

#include <algorithm>
#include <cstdlib>

namespace tandem::lab {
namespace {

/// The value of a sample without labels in the Prometheus text format.
double sample(const std::string& metrics, const std::string& name) {
    const auto at = metrics.find("\n" + name + " ");
    return at == std::string::npos ? 0 : std::strtod(metrics.c_str() + at + name.size() + 2, nullptr);
}

Task<std::optional<PartUsage>> usage_of(http::Client& client, Part part) {
    http::Request request;
    request.path = "/metrics";
    request.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    http::Response response;
    try {
        response = co_await client.send(part.endpoint, std::move(request));
    } catch (const Unavailable&) {
        co_return std::nullopt;
    }
    constexpr double mib = 1024.0 * 1024.0;
    co_return PartUsage{part.name,
                        sample(response.body, "process_cpu_seconds_total"),
                        sample(response.body, "process_resident_memory_bytes") / mib};
}

} // namespace

Result<Part> Part::parse(std::string_view text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) {
        return fail(ErrorKind::invalid, "A part is written name=http://host:port.");
    }
    auto endpoint = http::Endpoint::parse(text.substr(equals + 1));
    if (!endpoint) {
        return fail(endpoint.error());
    }
    return Part{std::string(text.substr(0, equals)), *endpoint};
}

Task<std::vector<PartUsage>> usage_now(http::Client& client, std::vector<Part> parts) {
    std::vector<PartUsage> usage;
    for (const Part& part : parts) {
        auto found = co_await usage_of(client, part);
        if (found) {
            usage.push_back(std::move(*found));
        }
    }
    co_return usage;
}

std::vector<PartUsage> used_between(const std::vector<PartUsage>& before,
                                    const std::vector<PartUsage>& after) {
    std::vector<PartUsage> used;
    for (PartUsage part : after) {
        const auto earlier = std::ranges::find(before, part.name, &PartUsage::name);
        part.cpu_s -= earlier == before.end() ? 0 : earlier->cpu_s;
        used.push_back(std::move(part));
    }
    return used;
}

} // namespace tandem::lab
