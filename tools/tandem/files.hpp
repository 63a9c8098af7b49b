#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace tandem::local {

/// The whole file. Throws Problem when it cannot be read.
std::string read_file(const std::filesystem::path& file);

/// The end of a log, for a person: at most `lines` lines, long ones cut, without the requests of
/// health checks. Empty when there is no such file.
std::string log_end(const std::filesystem::path& file, std::size_t lines);

/// When the file's content last changed, in seconds since the epoch; 0 when there is no such file.
std::int64_t modified_s(const std::filesystem::path& file);

/// Writes `text` by way of a temporary file and a rename, so that nobody sees half of it. `mode` is
/// set before the first byte is written (0600 for secrets). Throws Problem.
void write_file(const std::filesystem::path& file, std::string_view text, unsigned mode);

} // namespace tandem::local
