#include "lab/auditor/snapshots.hpp"

namespace tandem::audit {

Session Snapshots::session(const Store& store) {
    auto found = by_url_.find(store.url);
    if (found == by_url_.end()) {
        Session holder(store);
        std::string name = holder.begin_snapshot();
        found = by_url_.emplace(store.url, Snapshot{std::move(holder), std::move(name)}).first;
    }
    Session session(store);
    session.join_snapshot(found->second.name);
    return session;
}

} // namespace tandem::audit
