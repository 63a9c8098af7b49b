#include "libs/http/connection.hpp"
#include "libs/http/serialise.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tandem::http {

/// The writing side of a streamed answer. A write that fails, or is cancelled half-way, ends the
/// stream for good: the chunk's rest can never follow.
class ConnectionStream final : public ResponseStream {
public:
    ConnectionStream(Connection& connection, bool chunked) : connection_(connection), chunked_(chunked) {}

    Task<bool> write(std::string chunk) override {
        cut_short_ = cut_short_ || connection_.core_->draining;
        if (broken_ || connection_.peer_gone_ || cut_short_) {
            co_return false;
        }
        if (chunk.empty()) {
            co_return true;
        }
        std::string head;
        if (chunked_) {
            append_chunk_size(head, chunk.size());
            chunk += "\r\n";
        }
        broken_ = true;
        try {
            co_await connection_.wire_.write(head, chunk, connection_.core_->options.write_timeout);
        } catch (const boost::system::system_error& gone) {
            if (gone.code() == boost::asio::error::operation_aborted) {
                throw;
            }
            co_return false;
        }
        connection_.wire_.never_expire();
        broken_ = false;
        if (++writes_ % writes_in_a_row_max == 0) {
            co_await boost::asio::post(connection_.core_->executor, boost::asio::deferred);
        }
        co_return true;
    }

    /// Whether all was written that should have been.
    bool whole() const { return !broken_ && !cut_short_; }

private:
    Connection& connection_;
    /// Then the other connections have their turn.
    static constexpr std::size_t writes_in_a_row_max = 16;

    bool chunked_;
    bool broken_ = false;
    bool cut_short_ = false; // by the server's end
    std::size_t writes_ = 0;
};

namespace {

Task<> run_stream(const StreamBody& body, ResponseStream& stream, std::exception_ptr& failure) {
    try {
        Task<> writing = body(stream);
        co_await std::move(writing);
    } catch (...) {
        failure = std::current_exception();
    }
}

void report(const std::exception_ptr& failure, const Context& context) {
    const auto log = [&](telemetry::Level level, const std::exception& error) {
        telemetry::log(level,
                       "stream broke off",
                       {{"error", error.what()},
                        {"request_id", context.request_id},
                        {"traceparent", context.traceparent}});
    };
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& ended) { // it was asked to, or its reader is gone
        log(telemetry::Level::debug, ended);
    } catch (const Unavailable& broken) {
        log(telemetry::Level::warn, broken);
    } catch (const std::exception& bug) {
        log(telemetry::Level::error, bug);
    }
}

} // namespace

Task<> Connection::send_stream(const Response& response, bool chunked, const Context& context) {
    ConnectionStream stream(*this, chunked);
    streaming_ = true;
    watch_for_end();
    // The body runs as a task of its own, so that it can be cancelled without cancelling us.
    std::exception_ptr failure;
    auto slot =
        boost::asio::bind_cancellation_slot(end_stream_.slot(), boost::asio::use_awaitable_t<Executor>());
    co_await boost::asio::co_spawn(
        core_->executor, run_stream(response.stream, stream, failure), std::move(slot));
    streaming_ = false;
    wire_.interrupt();
    if (failure) {
        report(failure, context);
    }
    // Without its last chunk a reader can tell an answer that was cut short from a whole one.
    const bool complete = !failure && stream.whole() && !peer_gone_;
    keep_alive_ = keep_alive_ && complete && !core_->draining;
    if (complete && chunked) {
        co_await wire_.write("0\r\n\r\n", {}, core_->options.write_timeout);
        wire_.never_expire();
    }
}

void Connection::watch_for_end() {
    wire_.socket().async_wait(Socket::wait_read,
                              [self = weak_from_this()](const boost::system::error_code& error) {
                                  const auto connection = self.lock();
                                  if (connection == nullptr || error || !connection->streaming_) {
                                      return;
                                  }
                                  connection->look_for_end();
                              });
}

void Connection::look_for_end() {
    while (!input_.full()) {
        const auto bytes = read_ahead();
        if (!bytes) {
            return watch_for_end();
        }
        if (*bytes == 0) {
            peer_gone_ = true;
            return end_stream_.emit(boost::asio::cancellation_type::terminal);
        }
        input_.add(*bytes);
    }
}

std::optional<std::size_t> Connection::read_ahead() {
    try {
        return wire_.try_read(input_.room());
    } catch (const boost::system::system_error&) {
        return 0;
    }
}

} // namespace tandem::http
