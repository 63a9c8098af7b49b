#pragma once

#include "libs/http/sweeper.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <optional>
#include <string_view>

namespace tandem::http {

using Tcp = boost::asio::ip::tcp;
using Socket = boost::asio::basic_stream_socket<Tcp, Executor>;

/// A TCP connection whose operations end when its deadline passes. Reading and writing are tried at
/// once and only then awaited, which saves a turn of the event loop in the usual case. Buffers
/// belong to the caller and are never touched after a call has returned or thrown.
class Wire final : public Watched {
public:
    Wire(Socket socket, std::shared_ptr<Sweeper> sweeper);

    /// Tries the addresses in turn. Throws boost::system::system_error.
    Task<> connect(Tcp::resolver::results_type addresses);

    /// The number of bytes read, 0 at the end of the stream, or nothing when none are there yet.
    /// Throws boost::system::system_error when the connection broke.
    std::optional<std::size_t> try_read(boost::asio::mutable_buffer into);
    /// Suspends until bytes may be there, or `interrupt`. Throws system_error (timed_out).
    Task<> readable();

    /// Writes both parts. With `patience`, the deadline moves on with each progress.
    Task<> write(std::string_view head, std::string_view body, SteadyClock::duration patience);
    /// As `write` with the deadline that is set.
    Task<> write(std::string_view head, std::string_view body);

    /// True when the peer has closed or sent what nobody asked for: not fit for another request.
    bool is_spoiled();
    bool timed_out() const { return timed_out_; }
    /// After a time-out: the connection may be used once more, to say so.
    void forgive() { timed_out_ = false; }
    /// How many bytes `write` has sent since the last call.
    std::size_t take_written() { return std::exchange(written_, 0); }

    /// Nobody waits on this connection: it is closed when `deadline` passes.
    void idle_until(SteadyClock::time_point deadline);
    /// In use again.
    void wake();

    /// Wakes a pending `readable`; a pending `write` goes on.
    void interrupt();
    /// Ends our direction only: the peer reads what was sent, then the end.
    void shut_send();
    void close();
    Socket& socket() { return socket_; }

private:
    void expired() override;
    Task<> write_all(std::string_view head, std::string_view body, SteadyClock::duration patience);

    Socket socket_;
    std::size_t written_ = 0;
    bool timed_out_ = false;
    bool is_idle_ = false;
};

} // namespace tandem::http
