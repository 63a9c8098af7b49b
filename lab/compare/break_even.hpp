#pragma once

#include "lab/compare/findings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tandem::lab {

/// Both shops under one load. A shop keeps up when it turns away no more than one customer in a hundred. If
/// only one keeps up, it is better; else the one whose typical customer (p50) has the checkout's answer
/// sooner, by 5 % or more.
struct Cell {
    Load load;
    double microservices_ms = 0; ///< time to accepted, p50
    double monolith_ms = 0;
    bool microservices_keep_up = true;
    bool monolith_keeps_up = true;
    double cpu_ratio = 0; ///< CPU per order of the microservices over that of the monolith
    std::string better;   ///< "microservices", "monolith", or empty
};

std::vector<Cell> cells_of(const Comparison& comparison);

/// What a break-even is, for people who read the report.
std::string break_even_definition();

/// From which payment delay on the microservices pay off at one rate.
struct BreakEven {
    double rate = 0;
    /// The first delay from which on they are better at every longer one too; between two measured delays it
    /// is where straight lines through both shops' times cross. Nothing when they are never better.
    std::optional<double> payment_delay_ms;
    std::string sentence;
};

/// One for each rate. `cells` in ascending order of delays.
std::vector<BreakEven> break_evens(const std::vector<Cell>& cells);

/// A sentence for each load at which a shop does not keep up.
std::vector<std::string> overloads(const Comparison& comparison);

} // namespace tandem::lab
