#include "services/email/core/sent_mails.hpp"

namespace tandem::email {

Progress SentMails::progress(const std::string& event_id) const {
    const auto found = entries_.find(event_id);
    return found == entries_.end() ? Progress::unknown : found->second.progress;
}

void SentMails::note(const std::string& event_id, Progress progress) {
    forget(event_id);
    if (entries_.size() >= limit_) {
        entries_.erase(by_age_.front());
        by_age_.pop_front();
    }
    const auto place = by_age_.insert(by_age_.end(), event_id);
    entries_.emplace(event_id, Entry{progress, place});
}

void SentMails::forget(const std::string& event_id) {
    const auto found = entries_.find(event_id);
    if (found != entries_.end()) {
        by_age_.erase(found->second.place);
        entries_.erase(found);
    }
}

} // namespace tandem::email
