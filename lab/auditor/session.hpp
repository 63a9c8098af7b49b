#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tandem::audit {

/// One part of a shop's data: "order" in microservices is a database of its own, in the monolith a schema.
struct Store {
    std::string name;
    std::string url;
    std::string schema = "public";
};

/// Bytes that libpq has allocated.
struct CopiedBytes {
    struct Freed {
        void operator()(char* buffer) const;
    };
    std::unique_ptr<char, Freed> buffer;
    std::size_t size = 0;
};

/// A session that the server holds to reading. Blocks. Everything throws Unreadable, naming the store.
class Session {
public:
    explicit Session(const Store& store);
    ~Session();
    Session(Session&&) noexcept;
    Session& operator=(Session&&) = delete;

    /// Begins a transaction that sees the database as it is now, and gives its name for others.
    std::string begin_snapshot();
    /// Begins one that sees what the named one sees.
    void join_snapshot(const std::string& snapshot);
    /// The first row of a small result, column by column; nothing for NULL.
    std::vector<std::optional<std::string>> row(const std::string& sql);

    /// Begins to send what COPY ... TO STDOUT gives; until its end nothing else can be asked.
    void begin_copy(const std::string& copy);
    /// The next piece, at least one whole row; without bytes at the end.
    CopiedBytes next_copied();

private:
    struct State;
    [[noreturn]] void give_up(const std::string& doing) const;
    void run(const std::string& sql);
    std::unique_ptr<State> state_;
};

} // namespace tandem::audit
