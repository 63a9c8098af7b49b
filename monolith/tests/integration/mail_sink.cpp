#include "monolith/tests/integration/mail_sink.hpp"

#include "libs/testing/child_process.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace tandem::monolith {
namespace {

constexpr int poll_ms = 20;

void say(int socket, const std::string& line) {
    const std::string text = line + "\r\n";
    [[maybe_unused]] const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
}

int listen_on(std::uint16_t port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, 64) != 0) {
        ::close(listener);
        throw std::runtime_error("the mail sink cannot listen");
    }
    return listener;
}

} // namespace

std::string KeptMail::header(const std::string& name) const {
    const std::string start = "\r\n" + name + ": ";
    const std::string text = "\r\n" + content.substr(0, content.find("\r\n\r\n")) + "\r\n";
    const auto at = text.find(start);
    if (at == std::string::npos) {
        return "";
    }
    const auto from = at + start.size();
    return text.substr(from, text.find("\r\n", from) - from);
}

MailSink::MailSink() : port_(testing::free_port()) {
    open();
}

MailSink::~MailSink() {
    close();
}

std::string MailSink::url() const {
    return "smtp://127.0.0.1:" + std::to_string(port_);
}

std::vector<KeptMail> MailSink::mails() const {
    const std::lock_guard lock(mutex_);
    return mails_;
}

void MailSink::open() {
    listener_ = listen_on(port_);
    stopping_ = false;
    thread_ = std::thread([this] { serve(); });
}

void MailSink::close() {
    if (thread_.joinable()) {
        stopping_ = true;
        thread_.join();
        ::close(listener_);
    }
}

void MailSink::serve() {
    std::vector<Session> sessions;
    while (!stopping_) {
        std::vector<pollfd> sources{{listener_, POLLIN, 0}};
        for (const Session& session : sessions) {
            sources.push_back({session.socket, POLLIN, 0});
        }
        ::poll(sources.data(), sources.size(), poll_ms);
        for (std::size_t i = 0; i < sessions.size(); ++i) {
            if (sources[i + 1].revents != 0) {
                read(sessions[i]);
            }
        }
        std::erase_if(sessions, [](const Session& session) { return session.ended; });
        if (sources[0].revents != 0) {
            accept(sessions);
        }
    }
    for (const Session& session : sessions) {
        ::close(session.socket);
    }
}

void MailSink::accept(std::vector<Session>& sessions) const {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket >= 0) {
        say(socket, "220 sink");
        sessions.push_back({.socket = socket});
    }
}

void MailSink::read(Session& session) {
    char buffer[16 * 1024];
    const auto received = ::recv(session.socket, buffer, sizeof buffer, 0);
    if (received <= 0) {
        ::close(session.socket);
        session.ended = true;
        return;
    }
    session.input.append(buffer, static_cast<std::size_t>(received));
    for (;;) {
        const std::string end = session.in_content ? "\r\n.\r\n" : "\r\n";
        const auto at = session.input.find(end);
        if (at == std::string::npos) {
            return;
        }
        const std::string text = session.input.substr(0, at);
        session.input.erase(0, at + end.size());
        take(session, text);
    }
}

void MailSink::take(Session& session, const std::string& text) {
    if (session.in_content) {
        session.in_content = false;
        session.mail.content = text;
        const std::lock_guard lock(mutex_);
        mails_.push_back(session.mail);
    } else if (text.starts_with("RCPT TO:<")) {
        session.mail.to = text.substr(9, text.find('>') - 9);
    } else if (text.starts_with("DATA")) {
        session.in_content = true;
        say(session.socket, "354 go on");
        return;
    }
    say(session.socket, "250 ok");
}

} // namespace tandem::monolith
