#include "libs/postgres/session.hpp"

#include "libs/telemetry/log.hpp"

#include <array>
#include <fmt/format.h>

namespace tandem::postgres {
namespace {

using Wait = boost::asio::posix::descriptor_base;

void log_notice(void*, const char* text) {
    telemetry::log_debug("postgres notice", {{"notice", std::string_view(text)}});
}

std::string server_settings(const SessionOptions& options) {
    const std::string search_path =
        options.search_path.empty() ? "" : fmt::format(" -c search_path={}", options.search_path);
    return fmt::format("-c statement_timeout={} -c default_transaction_read_only={} -c timezone=UTC"
                       " -c idle_in_transaction_session_timeout={} -c datestyle=ISO"
                       " -c intervalstyle=postgres -c extra_float_digits=1{}",
                       options.statement_timeout.count(),
                       options.read_only ? "on" : "off",
                       options.idle_transaction_timeout.count(),
                       search_path);
}

} // namespace

Session::Session(Executor executor, Listener& listener) : listener_(&listener), socket_(executor) {}

Session::~Session() {
    close();
}

void Session::open(const SessionOptions& options) {
    // What stands before dbname is a default that the URL may change; what stands after it rules.
    const std::string settings = server_settings(options);
    const std::array<const char*, 9> names{"application_name",
                                           "gssencmode",
                                           "keepalives_idle",
                                           "keepalives_interval",
                                           "tcp_user_timeout",
                                           "dbname",
                                           "client_encoding",
                                           "options",
                                           nullptr};
    const std::array<const char*, 9> values{
        "tandem", "disable", "10", "5", "15000", options.url.c_str(), "UTF8", settings.c_str(), nullptr};
    connection_ = PQconnectStartParams(names.data(), values.data(), 1);
    if (connection_ == nullptr || PQstatus(connection_) == CONNECTION_BAD) {
        broken(connection_ == nullptr ? "out of memory" : PQerrorMessage(connection_));
        return;
    }
    PQsetNoticeProcessor(connection_, log_notice, nullptr);
    wait_connecting(PGRES_POLLING_WRITING);
}

// libpq may close and replace the socket between two steps (TLS refused, next host), so the
// descriptor is handed over for one wait at a time.
void Session::wait_connecting(PostgresPollingStatusType direction) {
    socket_.assign(PQsocket(connection_));
    const auto wait = direction == PGRES_POLLING_READING ? Wait::wait_read : Wait::wait_write;
    socket_.async_wait(wait, [self = shared_from_this()](boost::system::error_code error) {
        if (!error && self->listener_ != nullptr) {
            self->socket_.release();
            self->poll_connecting();
        }
    });
}

void Session::poll_connecting() {
    const PostgresPollingStatusType step = PQconnectPoll(connection_);
    if (step == PGRES_POLLING_OK) {
        finish_connecting();
    } else if (step == PGRES_POLLING_FAILED) {
        broken(PQerrorMessage(connection_));
    } else {
        wait_connecting(step);
    }
}

void Session::finish_connecting() {
    if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) {
        broken(PQerrorMessage(connection_));
        return;
    }
    socket_.assign(PQsocket(connection_));
    opened_ = true;
    wait_readable();
    listener_->session_opened();
}

void Session::flush() {
    if (writing_ || listener_ == nullptr) {
        return;
    }
    const int left = PQflush(connection_);
    if (left < 0) {
        broken(PQerrorMessage(connection_));
    } else if (left > 0) {
        writing_ = true;
        socket_.async_wait(Wait::wait_write, [self = shared_from_this()](boost::system::error_code error) {
            self->writing_ = false;
            if (!error) {
                self->flush();
            }
        });
    }
}

void Session::wait_readable() {
    socket_.async_wait(Wait::wait_read, [self = shared_from_this()](boost::system::error_code error) {
        if (!error && self->listener_ != nullptr) {
            self->readable();
        }
    });
}

void Session::readable() {
    const bool alive = PQconsumeInput(connection_) == 1;
    const std::string reason = alive ? std::string() : PQerrorMessage(connection_);
    // What came before the end still counts: a commit may be among it.
    listener_->session_readable();
    if (listener_ == nullptr) {
        return;
    }
    if (alive) {
        wait_readable();
    } else {
        broken(reason);
    }
}

void Session::broken(std::string reason) {
    Listener* listener = listener_;
    close();
    if (listener != nullptr) {
        listener->session_broken(std::move(reason));
    }
}

void Session::close() {
    listener_ = nullptr;
    opened_ = false;
    if (socket_.is_open()) {
        socket_.release();
    }
    if (connection_ != nullptr) {
        PQfinish(std::exchange(connection_, nullptr));
    }
}

} // namespace tandem::postgres
