#include "lab/compare/profile.hpp"

#include "lab/load_generator/shop_client.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tandem::lab {
namespace {

using namespace std::chrono_literals;

constexpr auto retries_of_a_mail = 156s;
constexpr auto spare = 30s;
constexpr int customers_least = 20;
constexpr int customers_most = 300;
/// A session beyond its payment, its mail and the outage.
constexpr double session_s = 5;
constexpr double recovery_s = 20;

std::vector<Profile> all_profiles() {
    return {
        {.name = "default",
         .meaning = "a payment takes 1 s, a mail 2 s",
         .payment_delays_ms = {1'000},
         .email_delay_ms = 2'000,
         .rates = {2, 5}},
        {.name = "fast", .meaning = "payment and mail take no time", .rates = {20, 50}},
        {.name = "contention",
         .meaning = "all customers buy one product; a payment takes 1 s, a mail 2 s",
         .payment_delays_ms = {1'000},
         .email_delay_ms = 2'000,
         .one_product = true,
         .at_once = true,
         .rates = {10}},
        {.name = "payment-outage",
         .meaning =
             "a payment takes 1 s, a mail 2 s, and for the middle third of the run the payment provider "
             "answers 503",
         .payment_delays_ms = {1'000},
         .email_delay_ms = 2'000,
         .outage = Outage::payment,
         .length = 90s,
         .rates = {3}},
        {.name = "mail-outage",
         .meaning = "a payment takes 1 s, a mail 2 s, and for the middle third of the run the mail server is "
                    "stopped",
         .payment_delays_ms = {1'000},
         .email_delay_ms = 2'000,
         .outage = Outage::mail,
         .length = 90s,
         .rates = {3}},
        {.name = "break-even",
         .meaning = "a mail takes no time, a payment more and more",
         .payment_delays_ms = {0, 50, 200, 1'000},
         .length = 8s,
         .rates = {2, 10, 40}},
    };
}

} // namespace

int Profile::longest_payment_ms() const {
    return *std::ranges::max_element(payment_delays_ms);
}

std::span<const Profile> profiles() {
    static const std::vector<Profile> all = all_profiles();
    return all;
}

const Profile* find_profile(std::string_view name) {
    const auto found = std::ranges::find(profiles(), name, &Profile::name);
    return found == profiles().end() ? nullptr : &*found;
}

std::string profile_names() {
    std::vector<std::string_view> names;
    for (const Profile& profile : profiles()) {
        names.push_back(profile.name);
    }
    const std::string_view last = names.back();
    names.pop_back();
    return fmt::format("{} or {}", fmt::join(names, ", "), last);
}

std::vector<Load> loads_of(const Profile& profile) {
    std::vector<Load> loads;
    for (const int delay_ms : profile.payment_delays_ms) {
        for (const double rate : profile.rates) {
            loads.push_back({delay_ms, rate});
        }
    }
    return loads;
}

std::string load_text(const Profile& profile, const Load& load) {
    const std::string payment = profile.sweeps() ? fmt::format("payment {} ms, ", load.payment_delay_ms) : "";
    return fmt::format("{}{} {}", payment, load.rate, profile.at_once ? "customers at once" : "orders/s");
}

std::chrono::milliseconds outage_length(const Profile& profile) {
    return profile.outage == Outage::none ? 0ms : std::chrono::milliseconds(profile.length) / 3;
}

std::chrono::seconds patience_with_answers(const Profile& profile) {
    const double in_turn = profile.one_product ? *std::ranges::max_element(profile.rates) : 1;
    const auto one_ms = static_cast<double>(profile.longest_payment_ms() + profile.email_delay_ms);
    const auto twice = std::chrono::duration<double, std::milli>(2 * in_turn * one_ms) + spare;
    return std::max(ShopClient::patience_least, std::chrono::ceil<std::chrono::seconds>(twice));
}

std::chrono::seconds patience_with_mails(const Profile& profile) {
    return std::chrono::ceil<std::chrono::seconds>(retries_of_a_mail + spare + outage_length(profile));
}

int customers_for(const Profile& profile) {
    const double rate = *std::ranges::max_element(profile.rates);
    const double outside_s = (profile.longest_payment_ms() + profile.email_delay_ms) / 1'000.0;
    const std::chrono::duration<double> outage = outage_length(profile);
    const double outage_s = outage.count() > 0 ? outage.count() + recovery_s : 0;
    const double wanted = profile.at_once ? rate : rate * (session_s + outside_s + outage_s);
    return static_cast<int>(std::clamp<double>(wanted, customers_least, customers_most));
}

} // namespace tandem::lab
