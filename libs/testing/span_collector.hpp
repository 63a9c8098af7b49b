#pragma once

#include <memory>
#include <string>

namespace tandem::testing {

/// Records the spans of this process while it lives: an OTLP/HTTP collector on a thread of its own, to
/// which tracing is opened. One at a time.
class SpanCollector {
public:
    SpanCollector();
    ~SpanCollector();

    /// Closes tracing; the bodies of all requests, one after another (OTLP's JSON encoding).
    std::string close();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::testing
