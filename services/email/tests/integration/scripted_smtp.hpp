#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>

namespace tandem::email {

/// A mail server that says what a test wants it to say; for answers that no mail catcher gives.
/// Serves one connection at a time on a thread of its own.
class ScriptedSmtp {
public:
    /// `to_recipient` and `to_content` are whole reply lines without CRLF: "550 no such user".
    ScriptedSmtp(std::string to_recipient, std::string to_content);
    ~ScriptedSmtp();

    std::string url() const;
    int connections() const { return connections_; }
    int mails() const { return mails_; }

private:
    void serve();
    void talk(int connection);
    std::string answer(const std::string& line);

    std::string to_recipient_;
    std::string to_content_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stopping_ = false;
    std::atomic<int> connections_ = 0;
    std::atomic<int> mails_ = 0;
    std::thread thread_;
};

} // namespace tandem::email
