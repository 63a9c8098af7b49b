#pragma once

#include "tools/tandem/part.hpp"

#include <string>

namespace tandem::local {

/// nginx, which sends what `npm run build` has made of frontend/. Each answer that is the page itself gets
/// `storefront_settings` put in (server-side include), so that the same build works at any address.
Part storefront(const Shop& shop);

/// JSON: where the doors and the flight recorder are and, as this is the development profile, who may log in
/// to try it (frontend/src/app/config.ts reads it).
std::string storefront_settings(const Shop& shop);

/// From where a browser may call the doors and the flight recorder: the storefront and its development
/// server, by either name of this machine.
std::string storefront_origins(const Shop& shop);

} // namespace tandem::local
