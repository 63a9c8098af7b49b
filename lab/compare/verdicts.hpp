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

    /// Else a detail of one that is.
    bool is_headline() const;
};

enum class Better { lower, higher };

/// What is asked of both shops.
struct Question {
    std::string name;
    Better better = Better::lower;
    std::string (*text)(double) = nullptr;
    const char* advantage = ""; ///< "{} times {advantage}"
};

/// A difference below 5 % is called none.
Figure compared(const Question& question, double microservices, double monolith);

/// Every figure of two runs under the same load, in the order in which people ask.
std::vector<Figure> figures(const Run& microservices, const Run& monolith);

/// What each shop wins by the headlines, in a sentence for each that wins something; and of whom a shop's
/// times tell nothing, when it turned customers away.
std::vector<std::string> summary(const Run& microservices, const Run& monolith);

std::string ms_text(double ms);       ///< "3.42 ms", "120 ms", "3.01 s"
std::string bytes_text(double bytes); ///< "12.3 KiB"

} // namespace tandem::lab
