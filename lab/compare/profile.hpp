#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::lab {

/// What is taken away in the middle of a run.
enum class Outage { none, payment, mail };

/// One step of a profile: what a payment takes, and how many customers come.
struct Load {
    int payment_delay_ms = 0;
    double rate = 0;
    friend bool operator==(const Load&, const Load&) = default;
};

/// A world in which both shops are measured: how slow the card network and the mail server are, whether
/// one of them goes away, what customers buy, and how many come.
struct Profile {
    std::string_view name;
    std::string_view meaning; ///< for people, after the name
    std::vector<int> payment_delays_ms{0};
    int email_delay_ms = 0;
    bool one_product = false; ///< everybody buys the same product
    bool at_once = false;     ///< "rate" customers come at the same moment, instead of as many each second
    Outage outage = Outage::none;
    std::chrono::seconds length{20}; ///< of each run
    std::vector<double> rates;

    int longest_payment_ms() const;
    /// More than one payment delay: what is asked is from which one on which shop is better.
    bool sweeps() const { return payment_delays_ms.size() > 1; }
};

std::span<const Profile> profiles();

/// Null when there is none of that name.
const Profile* find_profile(std::string_view name);

/// "default, fast or contention": all of them, for help texts.
std::string profile_names();

/// Each payment delay with each rate, in the order in which they are played.
std::vector<Load> loads_of(const Profile& profile);

/// "2 orders/s", or "10 customers at once" where they come at the same moment; where payments differ, what
/// one takes comes first.
std::string load_text(const Profile& profile, const Load& load);

/// The outage is the middle third of a run: it begins so long after the first customer, and lasts as long.
std::chrono::milliseconds outage_length(const Profile& profile);

/// How long a customer waits for an answer: longer than either shop works at one, and than twice the time in
/// which all customers of one product are served one after the other. No answer that comes is cut off.
std::chrono::seconds patience_with_answers(const Profile& profile);

/// The same for a mail: longer than the outage and all retries of a mail (2 min 36 s) together.
std::chrono::seconds patience_with_mails(const Profile& profile);

/// So many that one is free whenever a session is due, at the highest rate.
int customers_for(const Profile& profile);

} // namespace tandem::lab
