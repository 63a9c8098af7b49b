#pragma once

#include "lab/auditor/row_stream.hpp"

#include <map>
#include <string>

namespace tandem::audit {

/// One moment of each database: all sessions that it gives see a database as it was when the first of
/// them was asked for. Holds a transaction open in each, so that it should not live long.
class Snapshots {
public:
    Session session(const Store& store);

private:
    struct Snapshot {
        Session holder;
        std::string name;
    };
    std::map<std::string, Snapshot> by_url_;
};

} // namespace tandem::audit
