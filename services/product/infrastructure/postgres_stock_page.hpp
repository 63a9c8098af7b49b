#pragma once

#include "libs/kernel/time.hpp"
#include "libs/postgres/pool.hpp"
#include "services/product/core/stock_book.hpp"

#include <functional>

namespace tandem::product {

/// The open transaction of PostgresStockBook.
class PostgresStockPage final : public StockPage {
public:
    PostgresStockPage(postgres::Transaction transaction,
                      const Clock& clock,
                      const std::function<void()>& stored,
                      std::set<std::string> new_events,
                      StockLedger ledger);

    const std::set<std::string>& new_events() const override { return new_events_; }
    StockLedger& ledger() override { return ledger_; }
    Task<> write(StockEntries entries) override;

private:
    std::vector<postgres::Statement> to_write(StockEntries entries) const;

    postgres::Transaction transaction_;
    const Clock& clock_;
    const std::function<void()>& stored_;
    std::set<std::string> new_events_;
    StockLedger ledger_;
};

/// Throws Contention for a deadlock, a serialization failure or a unique violation.
void throw_if_contention(const postgres::StatementError& error);

} // namespace tandem::product
