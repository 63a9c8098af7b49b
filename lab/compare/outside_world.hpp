#pragma once

#include "lab/compare/profile.hpp"
#include "libs/async/blocking_pool.hpp"
#include "libs/http/client.hpp"

#include <string>
#include <vector>

namespace tandem::lab {

/// What both shops depend on and neither owns: the payment provider and the mail server. It is changed here
/// and not given back: `./tandem compare` does that, however this program ends. Everything throws
/// Unavailable or std::runtime_error when the change cannot be made.
class OutsideWorld {
public:
    /// `tandem` is the program that starts and stops the supervised mail server.
    OutsideWorld(Executor executor, http::Endpoint provider, std::string tandem);

    /// From now on a payment takes so long, and nothing else is wrong with the provider.
    Task<> payments_take(int delay_ms);

    /// Each resumes when it has come about.
    Task<> take_away(Outage what);
    Task<> give_back(Outage what);

private:
    Task<> behave(std::string behaviour);
    Task<> tell_mail_server(std::vector<std::string> words);

    http::Client client_;
    http::Endpoint provider_;
    std::string tandem_;
    async::BlockingPool commands_;
};

} // namespace tandem::lab
