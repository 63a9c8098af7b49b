#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>

namespace tandem::email {

/// How far the mail of one event has come in this process.
enum class Progress {
    unknown, ///< never seen, or forgotten
    sending, ///< another delivery of the same event is at it
    sent,    ///< the mail server has it, but nobody has been told yet
    settled, ///< done, and told
};

/// Remembers the events of the last `limit` mails, so that an event that is delivered again does not
/// become a second mail. In memory: after a restart a mail may come twice, with the same Message-ID.
class SentMails {
public:
    explicit SentMails(std::size_t limit) : limit_(limit) {}

    Progress progress(const std::string& event_id) const;
    /// The least recently noted event is forgotten when there are too many.
    void note(const std::string& event_id, Progress progress);
    void forget(const std::string& event_id);
    std::size_t size() const { return entries_.size(); }

private:
    struct Entry {
        Progress progress;
        std::list<std::string>::iterator place;
    };
    std::size_t limit_;
    std::list<std::string> by_age_; ///< oldest first
    std::unordered_map<std::string, Entry> entries_;
};

} // namespace tandem::email
