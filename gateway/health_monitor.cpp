#include "gateway/health_monitor.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/json/json.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"
#include "libs/telemetry/trace.hpp"

#include <algorithm>

namespace tandem::gateway {
namespace {

constexpr std::chrono::milliseconds fresh_for{200};
/// A busy machine may leave a probe unanswered once; a refused connection is certain at once.
constexpr int silences_max = 3;

struct HealthAnswer {
    std::optional<json::Raw> checks;
};
BOOST_DESCRIBE_STRUCT(HealthAnswer, (), (checks))

std::string_view word_of(Condition condition) {
    switch (condition) {
    case Condition::ready:
        return "up";
    case Condition::degraded:
        return "degraded";
    case Condition::unknown:
    case Condition::down:
        break;
    }
    return "down";
}

/// up before degraded before down.
int badness(Condition condition) {
    return condition == Condition::ready ? 0 : condition == Condition::degraded ? 1 : 2;
}

} // namespace

struct HealthMonitor::Patient {
    Patient(Executor executor, const std::string& service, Instance& watched)
        : instance(watched), wanted(executor),
          up(telemetry::gauge("tandem_gateway_instance_up",
                              "1 when an instance answers and all its checks are well",
                              {{"service", service}, {"instance", watched.endpoint().to_string()}})) {}

    Instance& instance;
    async::Event wanted;
    telemetry::Gauge up;
    SteadyClock::time_point probed_at;
    std::string checks = "{}";
    int silences = 0;
};

HealthMonitor::HealthMonitor(Executor executor,
                             http::Client& client,
                             Proxy::Upstreams& upstreams,
                             Options options)
    : executor_(executor), client_(client), upstreams_(upstreams), options_(options), probed_(executor) {
    for (auto& [name, upstream] : upstreams_) {
        for (const auto& instance : upstream.instances()) {
            patients_.push_back(std::make_unique<Patient>(executor_, name, *instance));
        }
    }
}

HealthMonitor::~HealthMonitor() = default;

void HealthMonitor::start(async::TaskGroup& tasks) {
    for (const auto& patient : patients_) {
        tasks.spawn("health of " + patient->instance.endpoint().to_string(), watch(*patient));
    }
}

Task<> HealthMonitor::watch(Patient& patient) {
    async::Turn look_again = [this, &patient] { return look_at(patient); };
    co_await async::keep_going("health of " + patient.instance.endpoint().to_string(), std::move(look_again));
}

Task<bool> HealthMonitor::look_at(Patient& patient) {
    co_await probe(patient);
    patient.probed_at = SteadyClock::now();
    patient.up.set(patient.instance.condition() == Condition::ready ? 1 : 0);
    probed_.notify();
    co_await patient.wanted.wait_for(options_.interval);
    co_return true;
}

Task<> HealthMonitor::probe(Patient& patient) {
    http::Request request;
    request.path = "/health";
    request.context = telemetry::unrecorded_context();
    request.deadline = SteadyClock::now() + options_.probe_timeout;
    const Condition before = patient.instance.condition();
    try {
        const http::Response answer = co_await client_.send(patient.instance.endpoint(), std::move(request));
        patient.silences = 0;
        patient.instance.probed(answer.status == 200 ? Condition::ready : Condition::degraded);
        const auto health = json::read<HealthAnswer>(answer.body);
        patient.checks = health && health->checks ? health->checks->text : "{}";
    } catch (const http::NotSent&) {
        patient.instance.probed(Condition::down);
        patient.checks = "{}";
    } catch (const Unavailable&) {
        if (++patient.silences >= silences_max) {
            patient.instance.probed(Condition::down);
        }
    }
    if (patient.instance.condition() != before) {
        telemetry::log_info("upstream changed",
                            {{"upstream", patient.instance.endpoint().to_string()},
                             {"condition", word_of(patient.instance.condition())}});
    }
}

bool HealthMonitor::is_fresh(SteadyClock::time_point moment) const {
    return std::ranges::all_of(patients_,
                               [&](const auto& patient) { return patient->probed_at >= moment - fresh_for; });
}

Task<http::Response> HealthMonitor::report() {
    const auto asked = SteadyClock::now();
    for (const auto& patient : patients_) {
        if (patient->probed_at < asked - fresh_for) {
            patient->wanted.notify();
        }
    }
    for (auto left = options_.report_timeout; !is_fresh(asked) && left.count() > 0;) {
        co_await probed_.wait_for(left);
        left = std::chrono::ceil<std::chrono::milliseconds>(asked + options_.report_timeout -
                                                            SteadyClock::now());
    }
    const bool all_up = std::ranges::all_of(
        upstreams_, [this](const auto& entry) { return condition_of(entry.second) == Condition::ready; });
    co_return http::Response::json(all_up ? 200 : 503, summary());
}

Condition HealthMonitor::condition_of(const Upstream& upstream) const {
    Condition best = Condition::down;
    for (const auto& instance : upstream.instances()) {
        if (badness(instance->condition()) < badness(best)) {
            best = instance->condition();
        }
    }
    return best;
}

std::string HealthMonitor::summary() const {
    json::Writer writer;
    bool all_up = true;
    json::Writer parts;
    parts.begin_object();
    for (const auto& [name, upstream] : upstreams_) {
        const Condition condition = condition_of(upstream);
        all_up = all_up && condition == Condition::ready;
        parts.key(name).begin_object();
        parts.member("status", word_of(condition));
        parts.key("instances").begin_array();
        for (const auto& patient : patients_) {
            const auto same = [&](const auto& instance) { return instance.get() == &patient->instance; };
            if (std::ranges::any_of(upstream.instances(), same)) {
                parts.begin_object();
                parts.member("status", word_of(patient->instance.condition()));
                parts.key("checks").raw(patient->checks);
                parts.end_object();
            }
        }
        parts.end_array().end_object();
    }
    parts.end_object();
    writer.begin_object();
    writer.member("status", all_up ? "ok" : "degraded");
    writer.member("service", "gateway");
    writer.key("services").raw(parts.view());
    writer.end_object();
    return std::move(writer).text();
}

} // namespace tandem::gateway
