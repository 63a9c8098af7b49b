#pragma once

#include <memory>
#include <string>

namespace tandem::testing {

/// A real PostgreSQL 15 for one test program: its own data directory under the system's temporary
/// folder, a free port, user `tandem` with scram password, fsync on. Started by the first
/// `shared()` (about 2 s), stopped and removed at exit. As root it runs as user postgres.
class PostgresServer {
public:
    static PostgresServer& shared();
    ~PostgresServer();

    /// Creates a new, empty database and gives its URL: one for each test, so that none sees
    /// another's rows.
    std::string new_database();

    void kill();    ///< SIGKILL to the postmaster and its children, as a crash
    void start();   ///< starts it again on the same port and waits until it answers
    void restart(); ///< fast shutdown and start
    void pause();   ///< SIGSTOP: connections stay, nothing answers
    void resume();  ///< SIGCONT

private:
    PostgresServer();
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::testing
