#pragma once

#include "libs/async/task_group.hpp"
#include "libs/redis/address.hpp"
#include "libs/redis/reply.hpp"
#include "libs/redis/script.hpp"

#include <chrono>
#include <memory>
#include <span>
#include <vector>

namespace tandem::redis {

class Link;

using Deadline = std::chrono::steady_clock::time_point;

struct ClientOptions {
    Address address;
    std::size_t in_flight_max = 1'024;            ///< beyond it Unavailable at once
    std::chrono::milliseconds heartbeat{1'000};   ///< between two PINGs, so that silence is noticed
    std::chrono::milliseconds answer_time{1'000}; ///< for a PING, and for connecting and the login
};

/// One pipelined connection to a Redis that may be away: a process must do without, so a command
/// fails at once when there is no connection, and nothing waits for one.
///
/// Calls throw Unavailable when there is no connection, when it breaks before the answer, or when
/// too many commands are in flight; DeadlineExceeded past the deadline; Refused when the server
/// answers with an error. A command whose answer did not come may have had its effect. Commands that
/// make the server wait (BLPOP) would hold up all the others, and so would a subscription: do not
/// send them here.
///
/// A connection that breaks, or whose PING is not answered, is made anew with backoff and jitter
/// (50 ms to 2 s). Going and coming is logged once, a long absence again about every half minute.
/// Metric: tandem_redis_up. Use on the event loop's thread only, in a process that ignores SIGPIPE;
/// outlives its calls.
class Client {
public:
    Client(Executor executor, ClientOptions options);
    /// What is in flight is answered Unavailable.
    ~Client();

    /// Connects, and keeps connected, until `tasks` is cancelled. Returns at once.
    void start(async::TaskGroup& tasks);
    /// True while connected, logged in, and answering.
    bool ready() const;

    /// A command, word by word: {"GET", "key"}.
    Task<Reply> command(std::vector<std::string> words, Deadline deadline);
    /// Runs a script on one key: by its hash, or whole when the server does not know it (NOSCRIPT).
    /// `script` and `arguments` outlive the call.
    Task<Reply>
    run(const Script& script, std::string key, std::span<const std::string> arguments, Deadline deadline);

    /// Takes no more commands, waits for the answers to those in flight, at most until the
    /// deadline, and disconnects.
    Task<> close(Deadline deadline);

private:
    std::shared_ptr<Link> link_;
};

} // namespace tandem::redis
