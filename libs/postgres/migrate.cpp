#include "libs/postgres/migrate.hpp"

#include "libs/kernel/unavailable.hpp"

#include <libpq-fe.h>

#include <array>
#include <fmt/format.h>
#include <map>
#include <memory>
#include <openssl/evp.h>
#include <stdexcept>

namespace tandem::postgres {
namespace {

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ConnectionPointer = std::unique_ptr<PGconn, Finish>;
using ResultPointer = std::unique_ptr<PGresult, Clear>;

// "tandem" in ASCII: the same number for every instance that migrates this database.
constexpr std::string_view take_lock = "SELECT pg_advisory_lock(127961812723053)";
constexpr std::string_view create_table = "CREATE TABLE IF NOT EXISTS schema_migrations ("
                                          " name text PRIMARY KEY,"
                                          " sha256 text NOT NULL,"
                                          " applied_at timestamptz NOT NULL DEFAULT now())";

std::string sha256(std::string_view text) {
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL cannot compute SHA-256");
    }
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

[[noreturn]] void give_up(PGconn* connection, std::string_view step) {
    const std::string problem = fmt::format("migration {}: {}", step, PQerrorMessage(connection));
    if (PQstatus(connection) != CONNECTION_OK) {
        throw Unavailable(problem);
    }
    throw std::runtime_error(problem);
}

ConnectionPointer connect(const std::string& url) {
    const std::array<const char*, 4> names{"connect_timeout", "application_name", "dbname", nullptr};
    const std::array<const char*, 4> values{"10", "tandem-migrate", url.c_str(), nullptr};
    ConnectionPointer connection(PQconnectdbParams(names.data(), values.data(), 1));
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        throw Unavailable(fmt::format("migrations: {}", PQerrorMessage(connection.get())));
    }
    PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
    return connection;
}

ResultPointer run(PGconn* connection, std::string_view step, const std::string& sql) {
    ResultPointer result(PQexec(connection, sql.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        give_up(connection, step);
    }
    return result;
}

std::map<std::string, std::string, std::less<>> applied_digests(PGconn* connection) {
    const ResultPointer rows = run(connection, "list", "SELECT name, sha256 FROM schema_migrations");
    std::map<std::string, std::string, std::less<>> digests;
    for (int row = 0; row < PQntuples(rows.get()); ++row) {
        digests.emplace(PQgetvalue(rows.get(), row, 0), PQgetvalue(rows.get(), row, 1));
    }
    return digests;
}

void record(PGconn* connection, const std::string& name, const std::string& digest) {
    const std::array<const char*, 2> values{name.c_str(), digest.c_str()};
    const ResultPointer result(PQexecParams(connection,
                                            "INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)",
                                            2,
                                            nullptr,
                                            values.data(),
                                            nullptr,
                                            nullptr,
                                            0));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
        give_up(connection, name);
    }
}

void apply(PGconn* connection, const Migration& migration, const std::string& digest) {
    run(connection, migration.name, "BEGIN");
    run(connection, migration.name, std::string(migration.sql));
    record(connection, std::string(migration.name), digest);
    run(connection, migration.name, "COMMIT");
}

} // namespace

void migrate(const std::string& url, const std::vector<Migration>& migrations, const std::string& schema) {
    const ConnectionPointer connection = connect(url);
    // The session's end releases the lock, however this function is left.
    run(connection.get(), "lock", std::string(take_lock));
    if (!schema.empty()) {
        run(connection.get(),
            "schema",
            fmt::format("CREATE SCHEMA IF NOT EXISTS {0}; SET search_path TO {0}", schema));
    }
    run(connection.get(), "schema_migrations", std::string(create_table));
    const auto applied = applied_digests(connection.get());
    for (const Migration& migration : migrations) {
        const std::string digest = sha256(migration.sql);
        const auto before = applied.find(migration.name);
        if (before == applied.end()) {
            apply(connection.get(), migration, digest);
        } else if (before->second != digest) {
            throw std::runtime_error(fmt::format(
                "migration {} was applied with another text: write a new migration instead of editing it",
                migration.name));
        }
    }
}

} // namespace tandem::postgres
