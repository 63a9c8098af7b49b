#pragma once

#include "lab/simulation/engine/node.hpp"

#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tandem::simulation {

/// A statement that its server has refused, as postgres::StatementError is; and those of them that begin
/// anew.
class Refused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};
class LostRace : public Refused {
public:
    using Refused::Refused;
};

class Transaction;

/// The locks that a store's open transactions hold on its rows.
class Locks {
public:
    using Key = std::uint64_t;
    static Key row(char table, std::int64_t id) {
        return (static_cast<Key>(table) << 56U) | static_cast<Key>(id);
    }
    static Key row(char table, const std::string& id) {
        return (static_cast<Key>(table) << 56U) | (std::hash<std::string>()(id) >> 8U);
    }
    bool none_held() const { return held_.empty(); }

private:
    friend class Transaction;
    struct Lock {
        Transaction* owner = nullptr;
        std::deque<Transaction*> waiting;
    };
    std::unordered_map<Key, Lock> held_;
};

/// Row locks of one transaction, first come, first served, given back when it is dropped. Like its model it
/// sees what is committed when it gets a lock, and finds circles of waiting: LostRace for who closes one.
class Transaction {
public:
    Transaction(Locks& locks, Node& node) : locks_(locks), node_(node) {}
    ~Transaction() { release(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Task<> lock(Locks::Key key);
    void release();

private:
    bool closes_a_circle(const Locks::Lock& lock) const;

    Locks& locks_;
    Node& node_;
    std::vector<Locks::Key> keys_;
    Locks::Key waits_for_ = 0;
    Node::Wait wait_;
};

} // namespace tandem::simulation
