#include "lab/chaos/fault.hpp"

#include <utility>

namespace tandem::lab {

std::string_view to_string(FaultKind kind) {
    switch (kind) {
    case FaultKind::kill:
        return "kill";
    case FaultKind::freeze:
        return "freeze";
    case FaultKind::restart:
        return "restart";
    case FaultKind::rolling_restart:
        return "rolling restart";
    case FaultKind::power_cut:
        return "power cut";
    case FaultKind::provider_slow:
        return "provider slow";
    case FaultKind::provider_failing:
        return "provider failing";
    case FaultKind::provider_outage:
        return "provider outage";
    case FaultKind::poison:
        return "poison";
    }
    std::unreachable();
}

std::string name_of(const Fault& fault) {
    const std::string kind(to_string(fault.kind));
    return fault.target.empty() ? kind : kind + " " + fault.target;
}

} // namespace tandem::lab
