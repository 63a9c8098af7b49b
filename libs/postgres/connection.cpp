#include "libs/postgres/connection.hpp"

#include "libs/postgres/server_error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::postgres {

Connection::Connection(Executor executor, Owner& owner, SessionOptions options)
    : executor_(executor), owner_(owner), options_(std::move(options)) {}

Connection::~Connection() {
    close();
}

void Connection::open() {
    moved_at_ = Clock::now();
    Session::Listener& listener = *this;
    session_ = std::make_shared<Session>(executor_, listener);
    const auto session = session_; // opening may fail at once and reset the member
    session->open(options_);
}

void Connection::close() {
    if (session_) {
        session_->close();
    }
    session_.reset();
    const auto closed = std::make_exception_ptr(Unavailable("the database connection was closed"));
    for (const Segment& segment : in_flight_) {
        std::ranges::for_each(segment.units, [&](const UnitPointer& unit) { answer(*unit, closed); });
    }
    for (const auto& group : staged_) {
        std::ranges::for_each(group, [&](const UnitPointer& unit) { answer(*unit, closed); });
    }
    in_flight_.clear();
    staged_.clear();
}

void Connection::drop(std::string reason) {
    if (session_) {
        session_->close();
        session_broken(std::move(reason));
    }
}

void Connection::session_opened() {
    prepared_.clear();
    pending_prepares_ = 0;
    was_ever_up_ = true;
    moved_at_ = Clock::now();
    owner_.connection_up(*this);
}

void Connection::session_broken(std::string reason) {
    reason.resize(std::min(reason.size(), reason.find('\n'))); // libpq explains at length
    const std::deque<Segment> sent = std::exchange(in_flight_, {});
    const auto staged = std::exchange(staged_, {});
    session_.reset();
    const auto failure = std::make_exception_ptr(Unavailable("the database connection broke: " + reason));
    for (const Segment& segment : sent) {
        std::ranges::for_each(segment.units, [&](const UnitPointer& unit) { answer(*unit, failure); });
    }
    std::vector<UnitPointer> unsent;
    for (const auto& group : staged) {
        unsent.insert(unsent.end(), group.begin(), group.end());
    }
    owner_.connection_down(*this, std::move(unsent), std::move(reason));
}

Clock::time_point Connection::silent_since() const {
    const bool waiting = connecting() || !in_flight_.empty();
    return waiting ? moved_at_ : Clock::time_point::max();
}

void Connection::answer_late_units(Clock::time_point now) {
    for (const Segment& segment : in_flight_) {
        for (const UnitPointer& unit : segment.units) {
            if (!unit->begins_by_deadline) {
                answer_if_late(*unit, now);
            }
        }
    }
    for (const auto& group : staged_) {
        std::ranges::for_each(group, [&](const UnitPointer& unit) { answer_if_late(*unit, now); });
    }
}

// Sending

void Connection::submit(std::vector<UnitPointer> group) {
    // Staged first: should the session break while statements are prepared, the group is handed back.
    staged_.push_back(group);
    prepare_missing(group);
    send_staged();
    if (const auto session = session_) {
        session->flush();
    }
}

void Connection::prepare_missing(const std::vector<UnitPointer>& group) {
    for (const UnitPointer& unit : group) {
        for (const Statement& statement : unit->statements) {
            if (!prepared_.contains(statement.query.sql)) {
                prepare(statement.query);
            }
        }
    }
}

void Connection::prepare(const Query& query) {
    std::string sql(query.sql);
    std::string name = fmt::format("s{}", ++prepared_count_);
    if (!session_ || PQsendPrepare(session_->handle(), name.c_str(), sql.c_str(), 0, nullptr) != 1) {
        return;
    }
    prepared_.emplace(sql, Prepared{std::move(name)});
    ++pending_prepares_;
    in_flight_.push_back(Segment{.prepared_sql = std::move(sql)});
    sync();
}

void Connection::send_staged() {
    while (session_ && pending_prepares_ == 0 && !staged_.empty()) {
        std::vector<UnitPointer> group = std::move(staged_.front());
        staged_.pop_front();
        const auto now = Clock::now();
        std::erase_if(group, [&](const UnitPointer& unit) {
            answer_if_late(*unit, now);
            const std::exception_ptr failure = prepare_failure(*unit);
            if (failure) {
                answer(*unit, failure);
            }
            return unit->answered();
        });
        if (!group.empty()) {
            send_group(std::move(group));
        }
    }
    // A statement that could not be prepared (a table that is not there yet) is tried again next time.
    if (staged_.empty() && std::exchange(prepare_failed_, false)) {
        std::erase_if(prepared_, [](const auto& entry) { return entry.second.failure != nullptr; });
    }
}

std::exception_ptr Connection::prepare_failure(const Unit& unit) const {
    for (const Statement& statement : unit.statements) {
        const auto found = prepared_.find(statement.query.sql);
        if (found != prepared_.end() && found->second.failure) {
            return found->second.failure;
        }
    }
    return nullptr;
}

void Connection::send_group(std::vector<UnitPointer> group, bool second_try) {
    const bool sent =
        std::ranges::all_of(group, [this](const UnitPointer& unit) { return send_unit(*unit); });
    in_flight_.push_back(Segment{.units = std::move(group), .second_try = second_try});
    if (!sent) {
        drop("libpq cannot send: " + std::string(PQerrorMessage(session_->handle())));
        return;
    }
    sync();
}

bool Connection::send_unit(const Unit& unit) {
    return std::ranges::all_of(unit.statements,
                               [this](const Statement& statement) { return send_statement(statement); });
}

bool Connection::send_statement(const Statement& statement) {
    const auto prepared = prepared_.find(statement.query.sql);
    if (prepared == prepared_.end()) {
        return false;
    }
    const auto& values = statement.params.values();
    values_.clear();
    for (const auto& value : values) {
        values_.push_back(value ? value->c_str() : nullptr);
    }
    return PQsendQueryPrepared(session_->handle(),
                               prepared->second.name.c_str(),
                               static_cast<int>(values.size()),
                               values_.data(),
                               nullptr,
                               nullptr,
                               0) == 1;
}

void Connection::sync() {
    if (in_flight_.size() == 1) {
        moved_at_ = Clock::now();
    }
    if (PQpipelineSync(session_->handle()) != 1) {
        drop("libpq cannot send a sync: " + std::string(PQerrorMessage(session_->handle())));
    }
}

// Receiving

void Connection::session_readable() {
    moved_at_ = Clock::now();
    // libpq gives null after each statement, after a failed sync, and when there is nothing (more).
    bool after_result = true;
    while (session_ && !in_flight_.empty() && PQisBusy(session_->handle()) == 0) {
        PGresult* result = PQgetResult(session_->handle());
        if (result != nullptr) {
            take_result(result);
        } else if (!statement_ended() && !after_result) {
            break;
        }
        after_result = result != nullptr;
    }
    if (const auto session = session_) {
        session->flush();
    }
}

void Connection::take_result(PGresult* result) {
    Rows rows(result);
    Segment& segment = in_flight_.front();
    switch (PQresultStatus(result)) {
    case PGRES_PIPELINE_SYNC:
        segment_ended();
        break;
    case PGRES_PIPELINE_ABORTED:
        break;
    case PGRES_TUPLES_OK:
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY:
        if (segment.unit < segment.units.size()) {
            segment.units[segment.unit]->rows.push_back(std::move(rows));
        }
        break;
    case PGRES_FATAL_ERROR:
        take_error(result);
        break;
    default:
        drop("a statement began a COPY, which the pipeline cannot carry");
    }
}

void Connection::take_error(PGresult* result) {
    Segment& segment = in_flight_.front();
    std::string_view name = "commit";
    if (!segment.prepared_sql.empty()) {
        name = "prepare";
    } else if (segment.unit < segment.units.size()) {
        name = segment.units[segment.unit]->statements[segment.statement].query.name;
    }
    ServerError error = sort_error(result, name);
    // 25006, read_only_sql_transaction: the server that we write to has become a standby.
    const bool standby = !options_.read_only && error.sqlstate == "25006";
    if (error.ends_session || standby) {
        drop(std::move(error.message));
    } else if (!segment.failure) {
        segment.failure = std::move(error.thrown);
        segment.failed_unit = segment.unit;
    }
}

// False when no unit's statement was there to end.
bool Connection::statement_ended() {
    Segment& segment = in_flight_.front();
    if (segment.unit >= segment.units.size()) {
        return false;
    }
    Unit& unit = *segment.units[segment.unit];
    if (++segment.statement < unit.statements.size()) {
        return true;
    }
    segment.statement = 0;
    ++segment.unit;
    if (unit.reads && !segment.failure) {
        answer(unit, nullptr);
    }
    return true;
}

void Connection::segment_ended() {
    Segment segment = std::move(in_flight_.front());
    in_flight_.pop_front();
    if (segment.prepared_sql.empty()) {
        group_ended(segment);
    } else {
        Prepared& prepared = prepared_.find(segment.prepared_sql)->second;
        prepared.failure = segment.failure;
        prepare_failed_ = prepare_failed_ || segment.failure;
        --pending_prepares_;
        send_staged();
    }
    if (session_) {
        owner_.connection_free(*this);
    }
}

void Connection::group_ended(const Segment& group) {
    if (group.failure && group.units.size() > 1) {
        send_again(group);
    } else {
        std::ranges::for_each(group.units, [&](const UnitPointer& unit) { answer(*unit, group.failure); });
    }
}

void Connection::send_again(const Segment& group) {
    std::vector<UnitPointer> together;
    std::vector<UnitPointer> alone;
    const auto now = Clock::now();
    for (std::size_t index = 0; index < group.units.size(); ++index) {
        const UnitPointer& unit = group.units[index];
        answer_if_late(*unit, now); // it was rolled back, so it has not begun
        if (unit->answered()) {
            continue;
        }
        unit->rows.clear();
        const bool suspect =
            group.second_try || group.failed_unit == index || group.failed_unit == group.units.size();
        (suspect ? alone : together).push_back(unit);
    }
    if (session_ && !together.empty()) {
        send_group(std::move(together), true);
    }
    for (const UnitPointer& unit : alone) {
        if (session_) {
            send_group({unit});
        }
    }
    // Had the session broken on the way, these would be in nobody's hands.
    const auto broken = std::make_exception_ptr(Unavailable("the database connection broke"));
    if (!session_) {
        std::ranges::for_each(group.units, [&](const UnitPointer& unit) { answer(*unit, broken); });
    }
}

} // namespace tandem::postgres
