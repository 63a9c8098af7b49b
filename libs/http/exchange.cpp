#include "libs/http/exchange.hpp"

#include "libs/kernel/unavailable.hpp"

namespace tandem::http {
namespace {

using boost::system::system_error;

bool is_idempotent(Method method) {
    return method != Method::post && method != Method::patch;
}

bool is_interim(int status) {
    return status >= 100 && status < 200 && status != 101;
}

} // namespace

Exchange::Exchange(Lease lease,
                   std::string peer,
                   Outgoing outgoing,
                   std::optional<std::size_t> body_bytes_max)
    : lease_(std::move(lease)), peer_(std::move(peer)), outgoing_(std::move(outgoing)),
      body_bytes_max_(body_bytes_max) {}

Task<> Exchange::begin() {
    for (;;) {
        bool connected = false;
        try {
            co_await lease_.connect(outgoing_.deadline);
            connected = true;
            co_await send_and_read_head();
            co_return;
        } catch (const system_error& broken) {
            if (!connected || !may_retry()) {
                translate(broken, outgoing_.deadline, connected);
                throw;
            }
        }
        lease_.disconnect();
    }
}

Task<> Exchange::send_and_read_head() {
    parser_.emplace(body_bytes_max_, outgoing_.method == Method::head);
    lease_.connection().wire.expire_at(outgoing_.deadline);
    co_await write();
    for (;;) {
        while (!parser_->is_header_done()) {
            co_await read_some();
        }
        if (!is_interim(response().status)) {
            break;
        }
        parser_.emplace(body_bytes_max_, outgoing_.method == Method::head);
        parse();
    }
    lease_.connection().wire.never_expire();
    release_when_done();
}

/// A server may answer and close before it has read all of a body; its answer counts, so a broken
/// write is an error only when nothing can be read either.
Task<> Exchange::write() {
    try {
        co_await lease_.connection().wire.write(outgoing_.head, outgoing_.body);
    } catch (const system_error& broken) {
        may_reuse_ = false;
        const bool closed = broken.code() == boost::asio::error::broken_pipe ||
                            broken.code() == boost::asio::error::connection_reset;
        if (!closed) {
            throw;
        }
    }
}

Task<> Exchange::read_some() {
    PooledConnection& connection = lease_.connection();
    auto bytes = connection.wire.try_read(connection.input.room());
    while (!bytes) {
        co_await connection.wire.readable();
        bytes = connection.wire.try_read(connection.input.room());
    }
    if (*bytes > 0) {
        got_bytes_ = true;
        connection.input.add(*bytes);
        parse();
        co_return;
    }
    may_reuse_ = false;
    if (!got_bytes_) {
        throw system_error(boost::asio::error::eof);
    }
    parser_->feed_end();
}

void Exchange::parse() {
    InputBuffer& input = lease_.connection().input;
    if (!input.empty()) {
        input.consume(parser_->feed(input.unread()));
    }
    if (input.full()) {
        throw system_error(boost::asio::error::message_size);
    }
}

bool Exchange::may_retry() {
    if (!lease_.reused() || got_bytes_ || lease_.connection().wire.timed_out()) {
        return false;
    }
    const bool nothing_sent = lease_.connection().wire.take_written() == 0;
    may_reuse_ = true;
    return nothing_sent || is_idempotent(outgoing_.method);
}

Task<> Exchange::finish() {
    try {
        while (!released_) {
            lease_.connection().wire.expire_at(outgoing_.deadline);
            co_await read_some();
            release_when_done();
        }
    } catch (const system_error& broken) {
        translate(broken, outgoing_.deadline, true);
        throw;
    }
}

Task<bool> Exchange::read_more(Deadline deadline) {
    try {
        while (response().body.empty() && !released_) {
            lease_.connection().wire.expire_at(deadline);
            co_await read_some();
            lease_.connection().wire.never_expire();
            release_when_done();
        }
    } catch (const system_error& broken) {
        translate(broken, Deadline::max(), true);
        throw;
    }
    co_return !response().body.empty();
}

void Exchange::release_when_done() {
    if (!parser_->is_done() || released_) {
        return;
    }
    released_ = true;
    PooledConnection& connection = lease_.connection();
    if (may_reuse_ && parser_->keep_alive() && connection.input.empty()) {
        connection.wire.never_expire();
        connection.wire.take_written();
        lease_.give_back();
    } else {
        lease_.disconnect();
    }
}

/// Throws what callers expect; returns for a cancelled task, whose own error goes on.
void Exchange::translate(const system_error& broken, Deadline deadline, bool connected) const {
    if (broken.code() == boost::asio::error::operation_aborted) {
        return;
    }
    const std::string reason = peer_ + ": " + broken.code().message();
    if (broken.code() == boost::asio::error::timed_out && SteadyClock::now() >= deadline) {
        throw DeadlineExceeded(reason);
    }
    if (!connected) {
        throw NotSent(reason);
    }
    throw Unavailable(reason);
}

} // namespace tandem::http
