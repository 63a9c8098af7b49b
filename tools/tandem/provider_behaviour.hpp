#pragma once

#include "tools/tandem/shop.hpp"

#include <string>

namespace tandem::local {

/// How the payment provider behaves (its /v1/behaviour), so that it can be given back. Both throw Problem
/// when the provider does not answer.
class ProviderBehaviour {
public:
    explicit ProviderBehaviour(const Shop& shop);

    /// Makes it what it was when this was constructed.
    void restore() const;

private:
    std::string url_;
    std::string behaviour_;
};

} // namespace tandem::local
