#pragma once

#include "lab/compare/findings.hpp"

#include <string>
#include <vector>

namespace tandem::lab {

/// One line of the comparison: a figure of both shops, ready to print, and who is better.
struct Figure {
    std::string name;
    std::string microservices;
    std::string monolith;
    std::string winner;  ///< "microservices", "monolith", or empty: no difference worth the name
    std::string verdict; ///< the same in a sentence
};

/// Every figure of two runs at the same rate, in the order in which people ask. A difference below 5 %
/// is called none.
std::vector<Figure> figures(const Run& microservices, const Run& monolith);

std::string ms_text(double ms);       ///< "3.42 ms", "120 ms", "3.01 s"
std::string bytes_text(double bytes); ///< "12.3 KiB"

} // namespace tandem::lab
