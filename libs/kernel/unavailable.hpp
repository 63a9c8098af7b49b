#pragma once

#include <stdexcept>
#include <string>

namespace tandem {

/// Thrown when a part outside this process does not answer: database, broker, another service. The
/// edge turns it into 503 with `Retry-After`; a consumer holds its messages and tries again.
/// `what()` is for the log, never for the client.
class Unavailable : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Thrown when a call's deadline passed before its answer came: 504 at the edge.
class DeadlineExceeded : public Unavailable {
public:
    using Unavailable::Unavailable;
};

} // namespace tandem
