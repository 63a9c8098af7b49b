#pragma once

#include "libs/async/sleep.hpp"
#include "libs/http/router.hpp"
#include "libs/http/server.hpp"
#include "libs/http/wire.hpp"
#include "libs/testing/run.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <charconv>

namespace tandem::http {

using std::chrono::milliseconds;
using tandem::testing::run;

/// A client that says exactly what a test wants it to say. Gives up after ten seconds.
class RawClient {
public:
    RawClient(boost::asio::io_context& io, std::uint16_t port)
        : wire_(connected(io, port), std::make_shared<Sweeper>(io.get_executor())) {
        wire_.expire_at(SteadyClock::now() + std::chrono::seconds(10));
    }

    Task<> send(std::string text) { co_await wire_.write(text, {}); }

    /// Up to and including `mark`, or what came before the end.
    Task<std::string> read_until(std::string mark) {
        while (!received_.contains(mark)) {
            const bool more = co_await receive();
            if (!more) {
                co_return std::exchange(received_, {});
            }
        }
        const std::size_t size = received_.find(mark) + mark.size();
        std::string text = received_.substr(0, size);
        received_.erase(0, size);
        co_return text;
    }

    /// Head and body of one answer that has a Content-Length.
    Task<std::string> read_response() {
        std::string text = co_await read_until("\r\n\r\n");
        constexpr std::string_view name = "Content-Length: ";
        const std::size_t at = text.find(name);
        std::size_t length = 0;
        if (at != std::string::npos) {
            std::from_chars(text.data() + at + name.size(), text.data() + text.size(), length);
        }
        while (received_.size() < length) {
            const bool more = co_await receive();
            if (!more) {
                break;
            }
        }
        text += received_.substr(0, length);
        received_.erase(0, length);
        co_return text;
    }

    /// Everything until the server closes.
    Task<std::string> read_to_end() {
        bool more = true;
        while (more) {
            more = co_await receive();
        }
        co_return std::exchange(received_, {});
    }

    void close() { wire_.close(); }
    void shut_send() { wire_.shut_send(); }
    Socket& socket() { return wire_.socket(); }

private:
    static Socket connected(boost::asio::io_context& io, std::uint16_t port) {
        Socket socket(io.get_executor());
        socket.connect(Tcp::endpoint(boost::asio::ip::address_v4::loopback(), port));
        return socket;
    }

    Task<bool> receive() {
        std::array<char, 16'384> bytes{};
        for (;;) {
            const auto count = wire_.try_read(boost::asio::buffer(bytes));
            if (count) {
                received_.append(bytes.data(), *count);
                co_return *count > 0;
            }
            co_await wire_.readable();
        }
    }

    Wire wire_;
    std::string received_;
};

/// A server on a free port with whatever routes a test adds.
class LoopbackTest : public ::testing::Test {
protected:
    ~LoopbackTest() override {
        if (server) {
            run(io, server->drain(SteadyClock::now()));
        }
    }

    void serve(ServerOptions options = {}) {
        const auto handler = [this](Request request) { return router.handle(std::move(request)); };
        server.emplace(io.get_executor(), handler, options);
        server->start();
    }
    RawClient raw() { return RawClient(io, server->port()); }

    /// Turns the event loop until `condition` holds; false after five seconds.
    bool until(const std::function<bool()>& condition) { return run(io, wait_until(condition)); }
    static Task<bool> wait_until(std::function<bool()> condition) {
        const auto limit = SteadyClock::now() + std::chrono::seconds(5);
        while (!condition() && SteadyClock::now() < limit) {
            co_await async::sleep_for(milliseconds(1));
        }
        co_return condition();
    }

    boost::asio::io_context io;
    Router router;
    std::optional<Server> server;
};

inline std::string get(std::string_view path, std::string_view more = "") {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: shop\r\n" + std::string(more) + "\r\n";
}

inline std::string body_of(const std::string& response) {
    const std::size_t end = response.find("\r\n\r\n");
    return end == std::string::npos ? "" : response.substr(end + 4);
}

} // namespace tandem::http
