#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tandem::monolith {

struct KeptMail {
    std::string to; ///< the envelope's recipient
    std::string content;

    /// The first header of that name, or an empty text.
    std::string header(const std::string& name) const;
};

/// A mail server (RFC 5321) that takes everything and keeps it. Serves any number of connections on
/// a thread of its own, so that it answers while a test waits for a program's end.
class MailSink {
public:
    MailSink(); ///< open
    ~MailSink();

    void close(); ///< nobody listens any more, and who was connected is no more
    void open();  ///< again, on the same port; what was kept is still there
    std::string url() const;
    std::vector<KeptMail> mails() const;

private:
    struct Session {
        int socket = -1;
        std::string input{};
        KeptMail mail{};
        bool in_content = false;
        bool ended = false;
    };

    void serve();
    void accept(std::vector<Session>& sessions) const;
    void read(Session& session);
    void take(Session& session, const std::string& text);

    std::uint16_t port_;
    int listener_ = -1;
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
    mutable std::mutex mutex_;
    std::vector<KeptMail> mails_; // guarded by mutex_
};

} // namespace tandem::monolith
