#pragma once

#include "lab/compare/findings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tandem::lab {

/// What one shop gives and takes under one load.
struct CellSide {
    double accepted_ms = 0;  ///< p50
    double confirmed_ms = 0; ///< p50
    double cpu_ms = 0;       ///< per order, all kinds
    bool keeps_up = true;    ///< turns away no more than one customer in a hundred
};

/// Both shops under one load. The microservices pay off when only they keep up, or when both do and a typical
/// customer (p50) has the checkout's answer sooner by a difference that people notice. Where they do not, the
/// shop that needs less CPU per order, by 5 % or more, is the better one. Neither is when neither keeps up.
struct Cell {
    Load load;
    CellSide microservices;
    CellSide monolith;
    std::string better; ///< "microservices", "monolith", or empty

    double gain_ms() const { return monolith.accepted_ms - microservices.accepted_ms; }
};

/// A tenth of a second: what is below feels instantaneous (Nielsen, "Usability Engineering", 1993, chapter
/// 5).
inline constexpr double noticed_ms = 100;

/// In ascending order of payment delays, then of rates.
std::vector<Cell> cells_of(const Comparison& comparison);

/// What a break-even is, for people who read the report.
std::string break_even_definition();

/// From which payment delay on the microservices pay off at one rate.
struct BreakEven {
    double rate = 0;
    /// The first delay from which on they do at every longer one too; between two measured delays it is where
    /// the straight line through what they gain reaches what is noticed. Nothing when they never do.
    std::optional<double> payment_delay_ms;
    std::string sentence; ///< with what they cost there
};

/// One for each rate. `cells` as `cells_of` gives them.
std::vector<BreakEven> break_evens(const std::vector<Cell>& cells);

/// A sentence for each load at which a shop does not keep up.
std::vector<std::string> overloads(const Comparison& comparison);

} // namespace tandem::lab
