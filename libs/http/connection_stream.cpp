#include "libs/http/connection.hpp"
#include "libs/http/serialise.hpp"
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
        if (broken_ || connection_.peer_gone_ || connection_.core_->draining) {
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

    bool broken() const { return broken_; }

private:
    Connection& connection_;
    /// Then the other connections have their turn.
    static constexpr std::size_t writes_in_a_row_max = 16;

    bool chunked_;
    bool broken_ = false;
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

/// True when the stream ended as it should: by itself, or because it was asked to.
bool ended_well(const std::exception_ptr& failure, const Context& context) {
    try {
        if (failure) {
            std::rethrow_exception(failure);
        }
        return true;
    } catch (const boost::system::system_error& broken) {
        return broken.code() == boost::asio::error::operation_aborted;
    } catch (const std::exception& bug) {
        telemetry::log_error("stream failed",
                             {{"error", bug.what()},
                              {"request_id", context.request_id},
                              {"traceparent", context.traceparent}});
        return false;
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
    const bool complete = ended_well(failure, context) && !stream.broken() && !peer_gone_;
    keep_alive_ = keep_alive_ && complete && !core_->draining;
    if (complete && chunked) {
        co_await wire_.write("0\r\n\r\n", {}, core_->options.write_timeout);
        wire_.never_expire();
    }
}

/// A reader that goes away says so by closing; without this a silent stream would run on.
void Connection::watch_for_end() {
    wire_.socket().async_wait(Socket::wait_read,
                              [self = weak_from_this()](const boost::system::error_code& error) {
                                  const auto connection = self.lock();
                                  if (connection == nullptr || error || !connection->streaming_) {
                                      return;
                                  }
                                  if (connection->wire_.is_closed_by_peer()) {
                                      connection->peer_gone_ = true;
                                      connection->end_stream_.emit(boost::asio::cancellation_type::terminal);
                                  }
                              });
}

} // namespace tandem::http
