#pragma once

#include "lab/auditor/audit.hpp"

#include <cstdint>
#include <string>

namespace tandem::audit::tests {

enum class Layout {
    databases, ///< one a service, as the microservices have them
    schemas,   ///< of one database, as the monolith has them
};

/// What is outside the databases, as a test wants it.
struct OutsideInMemory final : Outside {
    Accounts accounts;
    Mailbox letters;
    Queues broker;

    Accounts ledger(std::int64_t, std::int64_t) override { return accounts; }
    Mailbox mailbox() override { return letters; }
    Queues queues() override { return broker; }
};

/// A shop whose data is generated and lawful, in real databases with the real schemas, but without their
/// CHECK and foreign key constraints, so that everything can be planted. Of ten orders six are paid, one each
/// shipped, cancelled after it was paid, declined and out of stock: number 1 to 5 paid, 6 declined, 7
/// shipped, 8 cancelled, 9 out of stock, 10 paid, and so on; in the monolith from 1,000,000,001 on.
class GeneratedShop {
public:
    /// Makes the databases; they are empty.
    explicit GeneratedShop(Layout layout);

    /// Throws away what is there and generates so many orders, and what is outside with them.
    void generate(std::int64_t orders);
    void execute(const Store& store, const std::string& sql);

    Audit audit(const Promises& promises = {}, const AuditOptions& options = {});

    Shop shop;
    OutsideInMemory outside;

private:
    void migrate(const Store& store, const std::string& folder);
    void drop_guards(const Store& store);
    void fill(const Store& store, const std::string& file, std::int64_t last);
};

} // namespace tandem::audit::tests
