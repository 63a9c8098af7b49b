#include "lab/auditor/session.hpp"

#include "lab/auditor/unreadable.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

std::string session_options(const Store& store) {
    return "-c default_transaction_read_only=on -c work_mem=64MB -c jit=off -c statement_timeout=900000"
           " -c search_path=" +
           store.schema;
}

} // namespace

struct Session::State {
    std::string name;
    std::unique_ptr<PGconn, decltype(&PQfinish)> connection{nullptr, &PQfinish};

    Result execute(const std::string& sql) const { return {PQexec(connection.get(), sql.c_str()), &PQclear}; }
};

Session::Session(const Store& store) : state_(std::make_unique<State>()) {
    state_->name = store.name;
    const std::string options = session_options(store);
    const std::array names{
        "dbname", "options", "connect_timeout", "application_name", static_cast<const char*>(nullptr)};
    const std::array values{
        store.url.c_str(), options.c_str(), "5", "tandem auditor", static_cast<const char*>(nullptr)};
    state_->connection.reset(PQconnectdbParams(names.data(), values.data(), 1));
    if (PQstatus(state_->connection.get()) != CONNECTION_OK) {
        give_up("cannot be reached");
    }
}

Session::~Session() = default;
Session::Session(Session&&) noexcept = default;

void Session::give_up(const std::string& doing) const {
    std::string why = PQerrorMessage(state_->connection.get());
    std::ranges::replace(why, '\n', ' ');
    throw Unreadable(fmt::format("the {} database {}: {}", state_->name, doing, why));
}

void Session::run(const std::string& sql) {
    const Result result = state_->execute(sql);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_COPY_OUT) {
        give_up("cannot be read");
    }
}

std::string Session::begin_snapshot() {
    run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return row("SELECT pg_export_snapshot()").at(0).value();
}

void Session::join_snapshot(const std::string& snapshot) {
    run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    run("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
}

std::vector<std::optional<std::string>> Session::row(const std::string& sql) {
    const Result result = state_->execute(sql);
    if (PQresultStatus(result.get()) != PGRES_TUPLES_OK || PQntuples(result.get()) == 0) {
        give_up("cannot be read");
    }
    std::vector<std::optional<std::string>> columns;
    for (int column = 0; column < PQnfields(result.get()); ++column) {
        const bool is_null = PQgetisnull(result.get(), 0, column) != 0;
        columns.push_back(is_null ? std::nullopt
                                  : std::optional<std::string>(PQgetvalue(result.get(), 0, column)));
    }
    return columns;
}

void CopiedBytes::Freed::operator()(char* bytes) const {
    PQfreemem(bytes);
}

void Session::begin_copy(const std::string& copy) {
    run(copy);
}

CopiedBytes Session::next_copied() {
    char* buffer = nullptr;
    const int size = PQgetCopyData(state_->connection.get(), &buffer, 0);
    CopiedBytes copied{std::unique_ptr<char, CopiedBytes::Freed>(buffer), 0};
    if (size > 0) {
        copied.size = static_cast<std::size_t>(size);
        return copied;
    }
    const Result end(size == -2 ? nullptr : PQgetResult(state_->connection.get()), &PQclear);
    if (PQresultStatus(end.get()) != PGRES_COMMAND_OK) {
        give_up("broke off");
    }
    return copied;
}

} // namespace tandem::audit
