#pragma once

#include "tools/tandem/shop.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace tandem::local {

/// Ready when `url` answers 200.
struct AnswersHttp {
    std::string url;
};

/// Ready when, after `send`, the port answers something that begins with `expect`.
struct AnswersTcp {
    std::uint16_t port = 0;
    std::string send;
    std::string expect;
};

/// Ready when PostgreSQL accepts connections.
struct AnswersPostgres {
    std::uint16_t port = 0;
};

using Probe = std::variant<AnswersHttp, AnswersTcp, AnswersPostgres>;

/// One supervised program.
struct Part {
    std::string name;                               ///< "order-db"
    bool is_application = false;                    ///< else infrastructure: started first, stopped last
    std::string user;                               ///< as root it runs as this user instead
    std::vector<std::string> command;               ///< stays in the foreground
    std::map<std::string, std::string> environment; ///< nothing else is inherited but PATH and the like
    std::vector<std::string> ports;                 ///< keys of its ports; the first is shown
    Probe probe;
    std::filesystem::path program;                    ///< a change of this file asks for a restart
    std::map<std::string, std::string> configuration; ///< files below `etc` in the state folder
    std::string stop_signal = "TERM";
    int stop_wait_s = 15;
    std::string database; ///< the service whose data directory must exist before it starts
};

/// Every part of the shop in the order in which `status` shows them. Of the configuration files
/// named in a part's command only the content is given here; nothing is written.
std::vector<Part> infrastructure_parts(const Shop& shop);
std::vector<Part> application_parts(const Shop& shop);
std::vector<Part> all_parts(const Shop& shop);

/// Throws Problem with the known names when there is no part called `name`.
const Part& find_part(const std::vector<Part>& parts, const std::string& name);

/// As root: the words in front of a command that run it as another user (PostgreSQL and RabbitMQ
/// must not be root, Redis need not); else none. A user who may not enter the state folder (a clone below
/// /root) gets the one capability that lets it.
std::vector<std::string> run_as(const Shop& shop, const std::string& user);

} // namespace tandem::local
