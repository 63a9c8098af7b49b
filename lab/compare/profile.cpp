#include "lab/compare/profile.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::lab {

std::span<const Profile> profiles() {
    static const std::vector<Profile> all{
        {.name = "default",
         .meaning = "a payment takes 1 s, a mail 2 s",
         .payment_delay_ms = 1'000,
         .email_delay_ms = 2'000,
         .rates = {2, 5}},
        {.name = "fast", .meaning = "payment and mail take no time", .rates = {20, 50}},
        {.name = "contention",
         .meaning = "all customers buy one product; a payment takes 1 s, a mail 2 s",
         .payment_delay_ms = 1'000,
         .email_delay_ms = 2'000,
         .one_product = true,
         .at_once = true,
         .rates = {10}},
    };
    return all;
}

const Profile* find_profile(std::string_view name) {
    const auto found = std::ranges::find(profiles(), name, &Profile::name);
    return found == profiles().end() ? nullptr : &*found;
}

std::string load_text(const Profile& profile, double rate) {
    return fmt::format("{} {}", rate, profile.at_once ? "customers at once" : "orders/s");
}

} // namespace tandem::lab
