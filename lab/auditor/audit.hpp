#pragma once

#include "lab/auditor/findings.hpp"
#include "lab/auditor/outside.hpp"
#include "lab/auditor/promises.hpp"
#include "lab/auditor/shop.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace tandem::audit {

struct AuditOptions {
    std::chrono::milliseconds wait{0}; ///< for rest, at most
    std::int64_t poison = 0;           ///< messages that were injected to be given up
    std::size_t kept_max = 1000;       ///< violations of a law that are kept whole
};

struct Audit {
    std::string architecture;
    std::string taken_at;
    Calm calm = Calm::moving;
    std::string what_moves; ///< when it is not at rest
    Findings findings{0};
    std::chrono::milliseconds waited{0};
    std::chrono::milliseconds took{0}; ///< the reading, without the waiting

    std::int64_t violations() const;
};

/// Waits for rest, reads everything that the shop, the provider and the mailbox hold, and judges it.
/// Throws Unreadable.
Audit audit(const Shop& shop, Outside& outside, const Promises& promises, const AuditOptions& options);

} // namespace tandem::audit
