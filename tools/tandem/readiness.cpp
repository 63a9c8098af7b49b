#include "tools/tandem/readiness.hpp"

#include "tools/tandem/http.hpp"

#include <libpq-fe.h>

#include <array>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace tandem::local {
namespace {

class Socket {
public:
    Socket() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        constexpr timeval patience{.tv_sec = 1, .tv_usec = 0};
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { ::close(descriptor_); }

    bool connect(std::uint16_t port) const {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return ::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    }

    bool send(const std::string& text) const {
        return ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(text.size());
    }

    bool receive(const std::string& expected) const {
        std::string received;
        std::array<char, 256> buffer{};
        while (received.size() < expected.size()) {
            const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
            if (count <= 0) {
                return false;
            }
            received.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return received.starts_with(expected);
    }

private:
    int descriptor_;
};

bool answers(const AnswersHttp& probe) {
    const auto answer = http_get(probe.url, std::chrono::seconds(1));
    return answer && answer->status == 200;
}

bool answers(const AnswersTcp& probe) {
    const Socket socket;
    return socket.connect(probe.port) && socket.send(probe.send) && socket.receive(probe.expect);
}

bool answers(const AnswersPostgres& probe) {
    const std::string where = fmt::format("host=127.0.0.1 port={} connect_timeout=1", probe.port);
    return ::PQping(where.c_str()) == PQPING_OK;
}

} // namespace

bool is_ready(const Probe& probe) {
    return std::visit([](const auto& each) { return answers(each); }, probe);
}

} // namespace tandem::local
