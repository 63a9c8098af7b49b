#pragma once

#include <sys/types.h>

namespace tandem::local {

/// While one lives, Ctrl-C and SIGTERM end the child at work but not this process, so that it can tidy up. A
/// terminal tells the child itself; a signal that was sent to this process alone is handed on to it.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    bool has_come() const;
};

/// The child that signals are handed on to, for as long as one lives.
class ChildAtWork {
public:
    explicit ChildAtWork(pid_t pid);
    ~ChildAtWork();
    ChildAtWork(const ChildAtWork&) = delete;
    ChildAtWork& operator=(const ChildAtWork&) = delete;
};

} // namespace tandem::local
