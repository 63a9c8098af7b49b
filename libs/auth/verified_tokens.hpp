#pragma once

#include "libs/auth/token.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tandem::auth {

/// Tokens that were verified, until they expire. Holds their SHA-256, not the tokens, and at most
/// `tokens_max` of them: two generations, of which the older is forgotten when the younger is half
/// full. Looking one up costs 1 us, verifying it 100.
class VerifiedTokens {
public:
    explicit VerifiedTokens(std::size_t tokens_max) : generation_max_(tokens_max / 2) {}

    std::optional<Principal> find(std::string_view token, Timestamp now) const;
    void remember(std::string_view token, Principal principal, Timestamp expires_at);
    void clear();
    std::size_t size() const { return younger_.size() + older_.size(); }

private:
    struct Entry {
        Principal principal;
        Timestamp expires_at;
    };
    using Generation = std::unordered_map<std::string, Entry>;

    std::size_t generation_max_;
    Generation younger_;
    Generation older_;
};

} // namespace tandem::auth
