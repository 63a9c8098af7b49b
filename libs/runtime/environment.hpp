#pragma once

#include "libs/http/client.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace tandem::runtime {

/// Configuration from environment variables (12-factor, III), self-documenting. Read every
/// variable, then call `finish`:
///
///     runtime::Environment env("order-service", "Takes orders ...", argc, argv);
///     const Config config = read_config(env);
///     if (const auto exit_code = env.finish()) { return *exit_code; }
///
/// Each getter notes name, meaning, unit and default for `--help` and reads the value; a value that
/// is missing or invalid is noted and reported by `finish`, all at once. An empty value counts as
/// missing.
class Environment {
public:
    Environment(std::string program, std::string summary, int argc, char** argv);

    std::string text(std::string name, std::string meaning, std::string fallback);
    /// One of `allowed`.
    std::string
    choice(std::string name, std::string meaning, std::string fallback, std::vector<std::string> allowed);
    /// No default: must be set (database URLs, passwords). Its value is never printed.
    std::string secret(std::string name, std::string meaning);
    std::uint16_t
    port(std::string name, std::string meaning, std::uint16_t fallback); ///< 0: the system chooses
    std::int64_t integer(
        std::string name, std::string meaning, std::int64_t fallback, std::int64_t least, std::int64_t most);
    bool flag(std::string name, std::string meaning, bool fallback); ///< true|false|1|0
    /// The variable's name ends in _MS; at most a day, at least `least_ms`. A timeout or an interval
    /// of 0 makes no sense; a simulated delay of 0 does.
    std::chrono::milliseconds
    milliseconds(std::string name, std::string meaning, std::int64_t fallback_ms, std::int64_t least_ms = 1);
    /// "http://host:port".
    http::Endpoint endpoint(std::string name, std::string meaning, std::string fallback);
    /// "http://host:port/path".
    std::string url(std::string name, std::string meaning, std::string fallback);
    /// Texts, comma-separated, each without blanks around it; empty ones are left out.
    std::vector<std::string> list(std::string name, std::string meaning, std::string fallback);
    /// "http://host:port" texts, comma-separated; each is checked. With an empty fallback the
    /// variable may be left out.
    std::vector<std::string> urls(std::string name, std::string meaning, std::string fallback);

    /// What `--help` prints.
    std::string help() const;
    /// What is wrong so far, a sentence each. Never holds the value of a secret.
    const std::vector<std::string>& problems() const { return problems_; }

    /// With `--help`: prints the table, gives 0. With an unknown argument or bad values: prints
    /// each to standard error, gives 2. Else nothing: go on.
    std::optional<int> finish() const;

private:
    struct Variable {
        std::string name;
        std::string meaning;
        std::string fallback;
    };
    std::optional<std::string>
    look_up(const std::string& name, const std::string& meaning, const std::string& fallback);
    void complain(const std::string& name, const std::string& problem);

    std::string program_;
    std::string summary_;
    std::vector<std::string> arguments_;
    std::vector<Variable> variables_;
    std::vector<std::string> problems_;
};

} // namespace tandem::runtime
