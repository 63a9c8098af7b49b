#pragma once

#include "lab/chaos/command.hpp"
#include "lab/chaos/effects.hpp"
#include "lab/chaos/fault.hpp"
#include "lab/chaos/outside.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tandem::lab {

/// The parts that may be touched, by what may be done to them (see fault_plan.hpp), and the one that only a
/// power cut concerns.
struct Parts {
    std::vector<std::string> applications;
    std::vector<std::string> stores;
    std::vector<std::string> others;
    std::vector<std::string> base;

    /// "application:order-service", "store:order-db", "other:mail", "base:epmd". Throws std::runtime_error.
    void add(const std::string& text);
    std::vector<std::string> all() const; ///< in the order in which they start
};

/// Does the faults, one at a time, and undoes them. What it does to processes happens on a thread of its
/// own, so that the load goes on meanwhile. Use on the event loop's thread; outlives its calls.
class Saboteur {
public:
    Saboteur(Tandem& tandem, Outside& outside, Parts parts)
        : tandem_(tandem), outside_(outside), parts_(std::move(parts)) {}

    /// Resumes when the fault is over and the parts concerned are ready again. What cannot be done is told in
    /// the record. `seconds_now` reads the load's clock.
    Task<FaultRecord> commit(Fault fault, std::function<double()> seconds_now);

    /// Nothing is frozen, all parts run, the provider behaves like this. Throws std::runtime_error
    /// (Unavailable) when that cannot be had.
    Task<> heal(std::string behaviour);

private:
    Task<> act(const Fault& fault, FaultRecord& record, const std::function<double()>& seconds_now);
    Task<> freeze(const Fault& fault, FaultRecord& record, const std::function<double()>& seconds_now);
    Task<> cut_power(FaultRecord& record, const std::function<double()>& seconds_now);
    Task<> misbehave(const Fault& fault);

    Tandem& tandem_;
    Outside& outside_;
    Parts parts_;
};

} // namespace tandem::lab
