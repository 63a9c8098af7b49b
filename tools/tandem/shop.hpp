#pragma once

#include "tools/tandem/ports.hpp"
#include "tools/tandem/variables.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string>

namespace tandem::local {

/// The services that keep a database, in the order of their ports.
inline constexpr std::array database_services{"order", "payment", "product", "user", "cart"};

/// One shop on this machine: where its sources, programs and state are, what the person has set.
/// Two shops with different state folders and ports live side by side.
struct Shop {
    std::filesystem::path root;     ///< the clone
    std::filesystem::path programs; ///< <build>/bin
    std::filesystem::path state;    ///< everything it writes
    Variables variables;
    Ports ports;
    std::map<std::string, std::string> secrets; ///< see secrets.hpp

    std::filesystem::path log_of(const std::string& part) const { return state / "logs" / (part + ".log"); }
    std::string web_address(const std::string& port_key) const; ///< "http://127.0.0.1:9000"
    std::string database_url(const std::string& service) const;
    std::string amqp_url() const;
    std::string redis_url() const;
    std::string smtp_url() const;
};

/// Reads variables and ports; the secrets only if they exist already. Writes nothing.
/// `TANDEM_ROOT` names the clone (default: the current folder), `TANDEM_STATE` the state folder
/// (default: .tandem/shop in the clone). Throws Problem.
Shop read_shop();

/// The same, with its folders and secrets made where they are missing.
Shop prepare_shop();

/// What tests and scripts need to know of a running shop, as NAME=value lines (see tests/README.md).
std::map<std::string, std::string> shop_environment(const Shop& shop);

} // namespace tandem::local
