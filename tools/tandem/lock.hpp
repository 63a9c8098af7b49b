#pragma once

#include "tools/tandem/shop.hpp"

namespace tandem::local {

/// Held while a command changes a shop: two `up` at a time wait for each other. The kernel lets go
/// of it when the process ends, however it ends; children do not inherit it.
class Lock {
public:
    /// Waits; says so when somebody else holds it. The state folder must exist.
    explicit Lock(const Shop& shop);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    int descriptor_;
};

} // namespace tandem::local
