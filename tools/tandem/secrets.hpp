#pragma once

#include "tools/tandem/variables.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

/// Passwords of the development profile: made at the first `up`, kept in the state folder
/// (secrets.env, 0600), never committed.
namespace tandem::local {

/// The first words of the file, by which a state folder is known.
inline constexpr std::string_view secrets_heading = "# Made at the first ./tandem up.";
std::filesystem::path secrets_file(const std::filesystem::path& state);

/// What is kept; empty before the first `up`.
std::map<std::string, std::string> read_secrets(const std::filesystem::path& state);

/// Makes what is missing and keeps it. A variable of the same name that is set at that time gives
/// the value; later values wait for the next `reset`, since databases remember the first.
std::map<std::string, std::string> complete_secrets(const std::filesystem::path& state,
                                                    const Variables& variables);

} // namespace tandem::local
