#include "libs/http/wire.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>

#include <array>

namespace tandem::http {
namespace {

constexpr auto as_result = boost::asio::as_tuple(boost::asio::deferred);
using boost::system::error_code;

[[noreturn]] void fail(error_code error) {
    throw boost::system::system_error(error);
}

bool would_block(error_code error) {
    return error == boost::asio::error::would_block || error == boost::asio::error::try_again;
}

} // namespace

Wire::Wire(Socket socket, std::shared_ptr<Sweeper> sweeper)
    : Watched(std::move(sweeper)), socket_(std::move(socket)) {
    if (socket_.is_open()) {
        error_code ignored;
        socket_.non_blocking(true, ignored);
        socket_.set_option(Tcp::no_delay(true), ignored);
    }
}

Task<> Wire::connect(Tcp::resolver::results_type addresses) {
    error_code error = boost::asio::error::host_not_found;
    for (const auto& address : addresses) {
        error_code ignored;
        socket_.close(ignored);
        const auto [failure] = co_await socket_.async_connect(address.endpoint(), as_result);
        error = timed_out_ ? boost::asio::error::timed_out : failure;
        if (!error || timed_out_) {
            break;
        }
    }
    if (error) {
        fail(error);
    }
    socket_.non_blocking(true);
    socket_.set_option(Tcp::no_delay(true));
}

std::optional<std::size_t> Wire::try_read(boost::asio::mutable_buffer into) {
    error_code error;
    const std::size_t bytes = socket_.read_some(into, error);
    if (would_block(error)) {
        return std::nullopt;
    }
    if (error && error != boost::asio::error::eof) {
        fail(error);
    }
    return bytes;
}

Task<> Wire::readable() {
    const auto [error] = co_await socket_.async_wait(Socket::wait_read, as_result);
    if (timed_out_) {
        fail(boost::asio::error::timed_out);
    }
    if (error && error != boost::asio::error::operation_aborted) {
        fail(error);
    }
}

Task<> Wire::write(std::string_view head, std::string_view body, SteadyClock::duration patience) {
    return write_all(head, body, patience);
}

Task<> Wire::write(std::string_view head, std::string_view body) {
    return write_all(head, body, SteadyClock::duration::zero());
}

Task<> Wire::write_all(std::string_view head, std::string_view body, SteadyClock::duration patience) {
    while (!head.empty() || !body.empty()) {
        const std::array parts{boost::asio::buffer(head), boost::asio::buffer(body)};
        error_code error;
        const std::size_t bytes = socket_.write_some(parts, error);
        if (error && !would_block(error)) {
            fail(error);
        }
        written_ += bytes;
        const std::size_t of_head = std::min(bytes, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(bytes - of_head);
        if (!would_block(error)) {
            continue;
        }
        if (patience != SteadyClock::duration::zero()) {
            expire_at(SteadyClock::now() + patience);
        }
        const auto [failure] = co_await socket_.async_wait(Socket::wait_write, as_result);
        if (timed_out_) {
            fail(boost::asio::error::timed_out);
        }
        if (failure && failure != boost::asio::error::operation_aborted) {
            fail(failure);
        }
    }
}

bool Wire::is_spoiled() {
    char byte = 0;
    error_code error;
    socket_.receive(boost::asio::buffer(&byte, 1), Socket::message_peek, error);
    return !would_block(error);
}

void Wire::interrupt() {
    error_code ignored;
    socket_.cancel(ignored);
}

void Wire::shut_send() {
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
}

void Wire::close() {
    error_code ignored;
    socket_.close(ignored);
}

void Wire::idle_until(SteadyClock::time_point deadline) {
    is_idle_ = true;
    expire_at(deadline);
}

void Wire::wake() {
    is_idle_ = false;
    never_expire();
}

void Wire::expired() {
    if (is_idle_) {
        never_expire();
        return close();
    }
    timed_out_ = true;
    interrupt();
}

} // namespace tandem::http
