#pragma once

#include "tools/tandem/part.hpp"

#include <string>
#include <vector>

namespace tandem::local {

/// The whole supervisord.conf for these parts. Each program gets a signal when supervisord dies
/// (else it would be orphaned), its own log with rotation, and restarts whenever it ends.
/// Throws Problem when a value cannot be written in supervisord's syntax.
std::string supervisor_config(const Shop& shop, const std::vector<Part>& parts);

/// Writes the parts' configuration files and supervisord.conf.
void write_configuration(const Shop& shop, const std::vector<Part>& parts);

} // namespace tandem::local
