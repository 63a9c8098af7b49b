#pragma once

#include "tools/tandem/shop.hpp"

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace tandem::local {

/// What supervisord says of one program.
struct ProgramState {
    std::string name;
    std::string state; ///< STOPPED STARTING RUNNING BACKOFF STOPPING EXITED FATAL UNKNOWN
    pid_t pid = 0;
    std::int64_t started_s = 0; ///< seconds since the epoch
    std::int64_t now_s = 0;     ///< by the same clock

    bool is_up() const { return state == "RUNNING" || state == "STARTING"; }
    bool is_down() const { return state == "STOPPED" || state == "EXITED" || state == "FATAL"; }
};

/// Which programs a changed supervisord.conf concerns.
struct ConfigChanges {
    std::vector<std::string> added;
    std::vector<std::string> changed;
    std::vector<std::string> removed;
};

/// The supervisord of one shop, through its Unix socket (XML-RPC,
/// http://supervisord.org/api.html). Every call throws Problem when it gives no sense.
class Supervisor {
public:
    explicit Supervisor(const Shop& shop);

    /// Its process id while it runs.
    std::optional<pid_t> pid() const;
    /// Starts it and waits until it answers.
    void launch() const;

    std::vector<ProgramState> programs() const;
    ProgramState program(const std::string& name) const;
    /// These two begin and return at once; starting what runs and stopping what stands is fine.
    void start(const std::string& name) const;
    void stop(const std::string& name) const;

    ConfigChanges reload_config() const;
    void add(const std::string& name) const;
    void remove(const std::string& name) const; ///< it must have stopped

    /// Ends supervisord, which stops what still runs. Returns when it is gone.
    void shut_down() const;

private:
    std::filesystem::path state_;
};

} // namespace tandem::local
