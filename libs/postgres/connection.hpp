#pragma once

#include "libs/postgres/session.hpp"
#include "libs/postgres/unit.hpp"

#include <deque>
#include <string>
#include <unordered_map>

namespace tandem::postgres {

/// A pipelined connection: sends units in groups, one sync point a group, and matches results to
/// units. Prepares statements when they are first used, each on a sync point of its own, and holds
/// groups back until their statements are prepared: so neither a failing PREPARE nor a failing
/// group can leave it in doubt about what is prepared.
///
/// A group of several units that fails is not the verdict on any of them: an earlier unit of the
/// group, rolled back by now, may have caused it. The unit that met the error is sent again on its
/// own sync point and the others once more as a group; if that fails too, each on its own.
class Connection final : private Session::Listener {
public:
    class Owner {
    public:
        virtual ~Owner() = default;
        virtual void connection_up(Connection& connection) = 0;
        /// Something has finished: it may take more.
        virtual void connection_free(Connection& connection) = 0;
        /// Units that were sent have been answered Unavailable; `unsent` are back in the owner's hands.
        virtual void
        connection_down(Connection& connection, std::vector<UnitPointer> unsent, std::string reason) = 0;
    };

    Connection(Executor executor, Owner& owner, SessionOptions options);
    ~Connection() override;

    void open();
    /// Closes; what was not answered is answered Unavailable. The owner is not told.
    void close();
    /// As if the server had gone: used when it does not answer.
    void drop(std::string reason);

    /// Sends units together as one group, once their statements are prepared.
    void submit(std::vector<UnitPointer> group);

    bool up() const { return session_ && session_->opened(); }
    bool connecting() const { return session_ && !session_->opened(); }
    bool was_ever_up() const { return was_ever_up_; }
    bool idle() const { return in_flight_.empty() && staged_.empty(); }
    /// Groups sent or about to be, which have not reached their sync point.
    std::size_t groups() const { return in_flight_.size() + staged_.size(); }

    /// Since when nothing has moved although something should; `Clock::time_point::max()` if not so.
    Clock::time_point silent_since() const;
    void answer_late_units(Clock::time_point now);

private:
    /// What lies between two sync points: one PREPARE, or a group of units.
    struct Segment {
        std::string prepared_sql{};
        std::vector<UnitPointer> units{};
        std::size_t unit = 0;      // whose results are coming
        std::size_t statement = 0; // of that unit
        std::exception_ptr failure{};
        std::size_t failed_unit = 0; // where `failure` came; units.size(): at the commit
        bool second_try = false;
    };
    struct Prepared {
        std::string name;
        std::exception_ptr failure{};
    };

    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    void session_opened() override;
    void session_readable() override;
    void session_broken(std::string reason) override;

    void prepare_missing(const std::vector<UnitPointer>& group);
    void prepare(const Query& query);
    void send_staged();
    void send_group(std::vector<UnitPointer> group, bool second_try = false);
    bool send_unit(const Unit& unit);
    bool send_statement(const Statement& statement);
    std::exception_ptr prepare_failure(const Unit& unit) const;
    void sync();

    void take_result(PGresult* result);
    void take_error(PGresult* result);
    bool statement_ended();
    void segment_ended();
    void group_ended(const Segment& group);
    void send_again(const Segment& group);

    Executor executor_;
    Owner& owner_;
    SessionOptions options_;
    std::shared_ptr<Session> session_;
    std::deque<Segment> in_flight_;
    std::deque<std::vector<UnitPointer>> staged_;
    std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> prepared_; // by SQL text
    std::size_t pending_prepares_ = 0;
    bool prepare_failed_ = false;
    bool was_ever_up_ = false;
    std::size_t prepared_count_ = 0;
    std::vector<const char*> values_; // reused by every send
    Clock::time_point moved_at_{};
};

} // namespace tandem::postgres
