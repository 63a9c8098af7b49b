#include "services/email/tests/integration/scripted_smtp.hpp"

#include <arpa/inet.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace tandem::email {
namespace {

constexpr int poll_ms = 50;

void say(int connection, const std::string& line) {
    const std::string text = line + "\r\n";
    [[maybe_unused]] const auto sent = ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
}

bool readable(int socket) {
    pollfd source{socket, POLLIN, 0};
    return ::poll(&source, 1, poll_ms) == 1;
}

} // namespace

ScriptedSmtp::ScriptedSmtp(std::string to_recipient, std::string to_content)
    : to_recipient_(std::move(to_recipient)), to_content_(std::move(to_content)),
      listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    const bool listening = ::bind(listener_, generic, length) == 0 && ::listen(listener_, 8) == 0 &&
                           ::getsockname(listener_, generic, &length) == 0;
    if (!listening) {
        throw std::runtime_error("cannot listen");
    }
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

ScriptedSmtp::~ScriptedSmtp() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
}

std::string ScriptedSmtp::url() const {
    return "smtp://127.0.0.1:" + std::to_string(port_);
}

void ScriptedSmtp::serve() {
    while (!stopping_) {
        if (readable(listener_)) {
            const int connection = ::accept(listener_, nullptr, nullptr);
            ++connections_;
            talk(connection);
            ::close(connection);
        }
    }
}

void ScriptedSmtp::talk(int connection) {
    say(connection, "220 scripted");
    std::string input;
    bool in_content = false;
    while (!stopping_) {
        if (!readable(connection)) {
            continue;
        }
        char buffer[4096];
        const auto received = ::recv(connection, buffer, sizeof buffer, 0);
        if (received <= 0) {
            return;
        }
        input.append(buffer, static_cast<std::size_t>(received));
        const std::string end = in_content ? "\r\n.\r\n" : "\r\n";
        for (auto at = input.find(end); at != std::string::npos; at = input.find(end)) {
            const std::string line = input.substr(0, at);
            input.erase(0, at + end.size());
            const std::string reply = in_content ? to_content_ : answer(line);
            mails_ += in_content ? 1 : 0;
            in_content = reply.starts_with("354");
            say(connection, reply);
            if (in_content) {
                break;
            }
        }
    }
}

std::string ScriptedSmtp::answer(const std::string& line) {
    if (line.starts_with("RCPT")) {
        return to_recipient_;
    }
    if (line.starts_with("DATA")) {
        return "354 go on";
    }
    return "250 ok";
}

} // namespace tandem::email
