#pragma once

#include "tools/tandem/variables.hpp"

#include <cstdint>
#include <span>
#include <string>

namespace tandem::local {

/// One port of the shop: who listens, which variable moves it, where it is by default.
struct PortEntry {
    const char* key;      ///< "order-db"
    const char* variable; ///< "ORDER_DB_PORT"
    std::uint16_t standard;
    const char* meaning;
};

/// Every port of the shop, the one place that lists them.
std::span<const PortEntry> port_entries();

/// The ports in force: the entry's variable, else its default, and `TANDEM_PORT_OFFSET` on top of
/// either. All are below 32768, where the range of outgoing connections begins, and all differ.
class Ports {
public:
    /// Throws Problem naming the variable when a value is no port, too high or taken twice.
    explicit Ports(const Variables& variables);

    /// `key` must be one of port_entries().
    std::uint16_t of(const std::string& key) const;
    /// The variable that moves this port.
    static std::string variable(const std::string& key);

private:
    std::map<std::string, std::uint16_t> ports_;
};

} // namespace tandem::local
