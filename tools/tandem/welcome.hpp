#pragma once

#include "tools/tandem/shop.hpp"

#include <string>

namespace tandem::local {

/// What a person needs after `up`: addresses, logins, a first command to try.
std::string welcome_text(const Shop& shop);

/// Keeps shop_environment() as `shop.env` (0600) in the state folder, for tests and scripts.
void write_shop_file(const Shop& shop);

} // namespace tandem::local
