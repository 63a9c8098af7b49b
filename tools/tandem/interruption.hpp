#pragma once

namespace tandem::local {

/// While one lives, Ctrl-C ends the child at work but not this process, so that it can tidy up.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    bool has_come() const;
};

} // namespace tandem::local
