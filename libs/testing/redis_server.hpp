#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace tandem::testing {

/// A real Redis 7 for one test: own folder, a free port, nothing kept on disk, and a password.
/// Started by the constructor (some 50 ms), stopped and removed at the end. As root it runs as user
/// redis.
class RedisServer {
public:
    RedisServer();
    ~RedisServer();

    std::string url() const; ///< redis://:password@127.0.0.1:port
    std::string url_with_password(const std::string& password) const;

    void kill();   ///< SIGKILL, as a crash
    void start();  ///< starts it again on the same port, empty, and waits until it listens
    void pause();  ///< SIGSTOP: connections stay and can be made, nothing answers
    void resume(); ///< SIGCONT

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::testing
