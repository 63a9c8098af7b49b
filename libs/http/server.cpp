#include "libs/http/server.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/async/sleep.hpp"
#include "libs/http/connection.hpp"
#include "libs/http/server_core.hpp"
#include "libs/telemetry/log.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/address.hpp>

namespace tandem::http {
namespace {

using boost::system::error_code;
constexpr auto as_result = boost::asio::as_tuple(boost::asio::deferred);
constexpr std::chrono::milliseconds pause_after_failure{50};
/// Tasks that were cancelled get this long to unwind.
constexpr std::chrono::milliseconds cut_time{500};

void refuse_connection(Socket& socket) {
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(boost::asio::buffer(too_many_connections()), ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
}

void take_connection(const std::shared_ptr<ServerCore>& core, Socket socket) {
    if (core->connections.size() >= core->options.connections_max) {
        return refuse_connection(socket);
    }
    error_code gone;
    const auto peer = socket.remote_endpoint(gone);
    if (!gone) {
        std::make_shared<Connection>(core, std::move(socket), peer.address().to_string())->start();
    }
}

Task<bool> accept_one(const std::shared_ptr<ServerCore>& core) {
    Socket socket(core->executor);
    const auto [error] = co_await core->acceptor.async_accept(socket, as_result);
    if (core->draining) {
        co_return false;
    }
    if (error) {
        telemetry::log_warn("cannot accept a connection", {{"error", error.message()}});
        co_await async::sleep_for(pause_after_failure);
    } else {
        take_connection(core, std::move(socket));
    }
    co_return !core->draining;
}

Task<> accept_connections(std::shared_ptr<ServerCore> core) {
    async::Turn accept = [&core] { return accept_one(core); };
    co_await async::keep_going("accepting connections", std::move(accept));
}

/// Until every connection has ended, or `deadline`.
Task<> wait_until_quiet(std::shared_ptr<ServerCore> core, Deadline deadline) {
    while (!core->connections.empty() || core->accepting) {
        if (SteadyClock::now() >= deadline) {
            co_return;
        }
        core->quiet.expires_at(deadline);
        co_await core->quiet.async_wait(as_result);
    }
}

} // namespace

struct Server::State : ServerCore {
    using ServerCore::ServerCore;
};

Server::Server(Executor executor, Handler handler, ServerOptions options)
    : state_(std::make_shared<State>(executor, std::move(handler), std::move(options))) {}

Server::~Server() {
    state_->draining = true;
    error_code ignored;
    state_->acceptor.close(ignored);
    for (Connection* connection : state_->connections) {
        connection->cut();
    }
}

void Server::start() {
    const Tcp::endpoint address(boost::asio::ip::make_address(state_->options.host), state_->options.port);
    auto& acceptor = state_->acceptor;
    acceptor.open(address.protocol());
    acceptor.set_option(boost::asio::socket_base::reuse_address(true));
    acceptor.bind(address);
    acceptor.listen(boost::asio::socket_base::max_listen_connections);
    state_->accepting = true;
    const std::shared_ptr<ServerCore> core = state_;
    const auto on_end = [core](std::exception_ptr) {
        core->accepting = false;
        core->ended();
    };
    boost::asio::co_spawn(core->executor, accept_connections(core), on_end);
}

std::uint16_t Server::port() const {
    return state_->acceptor.local_endpoint().port();
}

Task<> Server::drain(Deadline deadline) {
    const std::shared_ptr<ServerCore> core = state_;
    core->draining = true;
    error_code ignored;
    core->acceptor.close(ignored);
    for (Connection* connection : core->connections) {
        connection->finish_soon();
    }
    co_await wait_until_quiet(core, deadline);
    if (!core->connections.empty()) {
        telemetry::log_warn("requests cut short at shutdown",
                            {{"connections", core->connections.size()}, {"requests", core->requests}});
    }
    const auto left = core->connections;
    for (Connection* connection : left) {
        connection->cut();
    }
    co_await wait_until_quiet(core, SteadyClock::now() + cut_time);
    core->sweeper->rest();
}

std::size_t Server::requests_in_progress() const {
    return state_->requests;
}

} // namespace tandem::http
