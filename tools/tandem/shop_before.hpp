#pragma once

#include "tools/tandem/provider_behaviour.hpp"
#include "tools/tandem/shop.hpp"

#include <optional>
#include <string>

namespace tandem::local {

/// A variable of this process that is taken back at the end of its life.
class TemporaryVariable {
public:
    TemporaryVariable(const char* name, const std::string& value);
    ~TemporaryVariable();
    TemporaryVariable(const TemporaryVariable&) = delete;
    TemporaryVariable& operator=(const TemporaryVariable&) = delete;

private:
    const char* name_;
    std::optional<std::string> before_;
};

/// The shop as it was before a program of the lab used it: which parts ran, with which settings, and how the
/// payment provider behaved. Throws Problem when that cannot be told.
class ShopBefore {
public:
    ShopBefore();
    const Shop& shop() const { return shop_; }
    bool was_running() const { return was_running_; }

    /// Whatever has happened: what was stopped runs again, and what was configured anew is as it was. The
    /// provider, too: it may have been restarted, and forgets how it was told to behave. Gives the exit code.
    int put_back() const;

private:
    Shop shop_;
    bool was_running_;
    std::optional<ProviderBehaviour> behaviour_;
};

} // namespace tandem::local
