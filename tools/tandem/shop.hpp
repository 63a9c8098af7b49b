#pragma once

#include "tools/tandem/ports.hpp"
#include "tools/tandem/variables.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace tandem::local {

/// Who keeps a database, in the order of their ports.
inline constexpr std::array database_services{"monolith", "order", "payment", "product", "user", "cart"};

/// Which of the two shops run; the world around them (card network, mail server) is shared.
enum class Architecture { both, microservices, monolith };
std::string_view to_string(Architecture architecture);

/// One shop on this machine: where its sources, programs and state are, what the person has set.
/// Two shops with different state folders and ports live side by side.
struct Shop {
    std::filesystem::path root;     ///< the clone
    std::filesystem::path programs; ///< <build>/bin
    std::filesystem::path state;    ///< everything it writes
    Variables variables;
    Ports ports;
    std::map<std::string, std::string> secrets; ///< see secrets.hpp
    Architecture architecture = Architecture::both;

    bool has_microservices() const { return architecture != Architecture::monolith; }
    bool has_monolith() const { return architecture != Architecture::microservices; }
    /// Unless TANDEM_FLIGHT_RECORDER=off. Throws Problem when that is neither on nor off.
    bool has_flight_recorder() const;
    std::filesystem::path log_of(const std::string& part) const { return state / "logs" / (part + ".log"); }
    std::string web_address(const std::string& port_key) const; ///< "http://127.0.0.1:9000"
    std::string database_url(const std::string& service) const;
    std::string database_address(const std::string& service) const; ///< the URL without the password
    std::string database_password(const std::string& service) const;
    std::string amqp_url() const;
    std::string redis_url() const;
    std::string smtp_url() const;
};

/// Reads variables and ports; the secrets only if they exist already. Writes nothing.
/// `TANDEM_ROOT` names the clone (default: the current folder), `TANDEM_STATE` the state folder
/// (default: .tandem/shop in the clone). Throws Problem.
Shop read_shop();

/// The same, with its folders and secrets made where they are missing, to run `architecture` ("both",
/// "microservices", "monolith"; empty: what TANDEM_ARCH says, else both) from now on.
Shop prepare_shop(const std::string& architecture);

/// What tests and scripts need to know of a running shop, as NAME=value lines (see tests/README.md).
std::map<std::string, std::string> shop_environment(const Shop& shop);

} // namespace tandem::local
