#include "tools/tandem/state_folder.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/secrets.hpp"

#include <algorithm>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

bool was_made_by_up(const fs::path& state) {
    const fs::path secrets = secrets_file(state);
    return fs::is_regular_file(secrets) && read_file(secrets).starts_with(secrets_heading);
}

/// `down` leaves a lock in a folder that holds nothing yet.
bool holds_nothing(const fs::path& state) {
    return std::ranges::all_of(fs::directory_iterator(state), [](const fs::directory_entry& each) {
        return each.path().filename() == "lock";
    });
}

} // namespace

void refuse_foreign_folder(const fs::path& state) {
    if (!fs::exists(fs::symlink_status(state))) {
        return;
    }
    if (!fs::is_directory(state) || (!holds_nothing(state) && !was_made_by_up(state))) {
        give_up(
            "{} holds something that is no shop of ./tandem up: set TANDEM_STATE to a folder that is empty "
            "or not there",
            state.string());
    }
}

void remove_state(const fs::path& state) {
    if (fs::exists(state)) {
        for (const auto& each : fs::directory_iterator(state)) {
            if (each.path() != secrets_file(state)) {
                fs::remove_all(each.path());
            }
        }
    }
    fs::remove_all(state);
}

} // namespace tandem::local
