#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::lab {

/// A world in which both shops are measured: how slow the card network and the mail server are, what
/// customers buy, and how many come.
struct Profile {
    std::string_view name;
    std::string_view meaning; ///< for people, after the name
    int payment_delay_ms = 0;
    int email_delay_ms = 0;
    bool one_product = false; ///< everybody buys the same product
    bool at_once = false;     ///< "rate" customers come at the same moment, instead of as many each second
    std::vector<double> rates;
};

std::span<const Profile> profiles();

/// Null when there is none of that name.
const Profile* find_profile(std::string_view name);

/// "2 orders/s", or "10 customers at once" where they come at the same moment.
std::string load_text(const Profile& profile, double rate);

} // namespace tandem::lab
