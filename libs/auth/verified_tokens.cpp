#include "libs/auth/verified_tokens.hpp"

#include "libs/auth/p256_key.hpp"

#include <utility>

namespace tandem::auth {

std::optional<Principal> VerifiedTokens::find(std::string_view token, Timestamp now) const {
    const std::string digest = sha256(token);
    for (const Generation* generation : {&younger_, &older_}) {
        const auto entry = generation->find(digest);
        if (entry != generation->end()) {
            return now < entry->second.expires_at ? std::optional(entry->second.principal) : std::nullopt;
        }
    }
    return std::nullopt;
}

void VerifiedTokens::remember(std::string_view token, Principal principal, Timestamp expires_at) {
    if (generation_max_ == 0) {
        return;
    }
    if (younger_.size() >= generation_max_) {
        older_ = std::exchange(younger_, {});
    }
    younger_.insert_or_assign(sha256(token), Entry{std::move(principal), expires_at});
}

void VerifiedTokens::clear() {
    younger_.clear();
    older_.clear();
}

} // namespace tandem::auth
