#pragma once

#include <filesystem>

namespace tandem::local {

/// A folder that may become a shop's state, or be thrown away: there is none, it is empty, or `up`
/// has made it (its secrets.env says so). Throws Problem for any other: it is somebody's data.
void refuse_foreign_folder(const std::filesystem::path& state);

/// Removes the folder with all that is in it. What tells whose it is goes last, so that a removal
/// that was interrupted can be repeated.
void remove_state(const std::filesystem::path& state);

} // namespace tandem::local
