#include "lab/chaos/saboteur.hpp"

#include "lab/chaos/process_tree.hpp"
#include "libs/async/sleep.hpp"

#include <algorithm>
#include <csignal>
#include <fmt/format.h>
#include <stdexcept>

namespace tandem::lab {

void Parts::add(const std::string& text) {
    const auto colon = text.find(':');
    const std::string kind = text.substr(0, colon);
    std::vector<std::string>* const list = kind == "application" ? &applications
                                           : kind == "store"     ? &stores
                                           : kind == "other"     ? &others
                                           : kind == "base"      ? &base
                                                                 : nullptr;
    if (list == nullptr || colon == std::string::npos) {
        throw std::runtime_error(text + " is no part: kind:name");
    }
    list->push_back(text.substr(colon + 1));
}

std::vector<std::string> Parts::all() const {
    std::vector<std::string> names;
    for (const auto* list : {&base, &stores, &others, &applications}) {
        names.insert(names.end(), list->begin(), list->end());
    }
    return names;
}

Task<FaultRecord> Saboteur::commit(Fault fault, std::function<double()> seconds_now) {
    FaultRecord record{.name = name_of(fault), .begin_s = seconds_now()};
    try {
        co_await act(fault, record, seconds_now);
    } catch (const std::runtime_error& error) {
        record.problem = error.what();
    }
    record.end_s = seconds_now();
    record.healed_s = record.healed_s == 0 ? record.end_s : record.healed_s;
    co_return record;
}

Task<> Saboteur::act(const Fault& fault, FaultRecord& record, const std::function<double()>& seconds_now) {
    switch (fault.kind) {
    case FaultKind::kill: {
        const std::vector<pid_t> processes = co_await tandem_.processes_of(fault.target);
        signal_all(processes, SIGKILL);
        record.healed_s = seconds_now();
        co_await tandem_.start(fault.target);
        co_return;
    }
    case FaultKind::freeze:
        co_return co_await freeze(fault, record, seconds_now);
    case FaultKind::restart:
        co_return co_await tandem_.restart(fault.target);
    case FaultKind::rolling_restart:
        for (const std::string& part : parts_.applications) {
            co_await tandem_.restart(part);
        }
        co_return;
    case FaultKind::power_cut:
        co_return co_await cut_power(record, seconds_now);
    case FaultKind::provider_slow:
    case FaultKind::provider_failing:
    case FaultKind::provider_outage:
        co_return co_await misbehave(fault);
    case FaultKind::poison:
        co_return co_await outside_.poison(fault.target);
    }
}

Task<> Saboteur::freeze(const Fault& fault, FaultRecord& record, const std::function<double()>& seconds_now) {
    const std::vector<pid_t> processes = co_await tandem_.processes_of(fault.target);
    signal_all(processes, SIGSTOP);
    co_await async::sleep_for(fault.length);
    signal_all(processes, SIGCONT);
    record.healed_s = seconds_now();
    co_await tandem_.start(fault.target);
}

Task<> Saboteur::cut_power(FaultRecord& record, const std::function<double()>& seconds_now) {
    std::vector<pid_t> processes;
    for (const auto* list : {&parts_.base, &parts_.stores, &parts_.applications}) {
        for (const std::string& part : *list) {
            const std::vector<pid_t> its = co_await tandem_.processes_if_any(part);
            processes.insert(processes.end(), its.begin(), its.end());
        }
    }
    signal_all(processes, SIGKILL);
    record.begin_s = record.healed_s = seconds_now();
    for (const std::string& part : parts_.all()) {
        co_await tandem_.start(part);
    }
}

Task<> Saboteur::misbehave(const Fault& fault) {
    const std::string before = co_await outside_.behaviour();
    co_await outside_.behave(fault.kind == FaultKind::provider_slow      ? R"({"delay_ms":1500})"
                             : fault.kind == FaultKind::provider_failing ? R"({"failure_rate":0.5})"
                                                                         : R"({"outage":true})");
    co_await async::sleep_for(fault.length);
    co_await outside_.behave(before);
}

Task<> Saboteur::heal(std::string behaviour) {
    for (const std::string& part : parts_.all()) {
        const std::vector<pid_t> processes = co_await tandem_.processes_if_any(part);
        signal_all(processes, SIGCONT);
    }
    for (const std::string& part : parts_.all()) {
        co_await tandem_.start(part);
    }
    co_await outside_.behave(std::move(behaviour));
}

} // namespace tandem::lab
