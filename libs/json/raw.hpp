#pragma once

#include <string>

namespace tandem::json {

/// A value that is JSON text already: read as it was sent (validated, not interpreted), written as
/// it is. Empty counts as null.
struct Raw {
    std::string text;
    friend bool operator==(const Raw&, const Raw&) = default;
};

} // namespace tandem::json
