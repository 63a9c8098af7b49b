#pragma once

#include <stdexcept>

namespace tandem::audit {

/// Something that has to be read cannot be: a database is away, an answer makes no sense. The message
/// is for people and names what it is.
class Unreadable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace tandem::audit
