#include "libs/redis/look_up.hpp"

#include "libs/async/event.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace tandem::redis {
namespace {

using Tcp = boost::asio::ip::tcp;
using Resolver = boost::asio::ip::basic_resolver<Tcp, Executor>;

/// A look-up cannot be stopped, so it lives on when nobody waits for it any more.
struct LookUp {
    explicit LookUp(Executor executor) : resolver(executor), ended(executor) {}

    Resolver resolver;
    async::Event ended;
    bool is_done = false;
    boost::system::error_code error;
    std::vector<std::string> addresses;
};

} // namespace

Task<std::vector<std::string>> look_up(Executor executor, std::string host, Clock::time_point deadline) {
    boost::system::error_code not_numeric;
    boost::asio::ip::make_address(host, not_numeric);
    if (!not_numeric) {
        co_return std::vector{std::move(host)};
    }
    const auto sought = std::make_shared<LookUp>(executor);
    sought->resolver.async_resolve(
        host, "", [sought](boost::system::error_code error, const Tcp::resolver::results_type& found) {
            sought->is_done = true;
            sought->error = error;
            for (const auto& entry : found) {
                sought->addresses.push_back(entry.endpoint().address().to_string());
            }
            sought->ended.notify();
        });
    co_await sought->ended.wait_for(deadline - Clock::now());
    if (!sought->is_done) {
        throw DeadlineExceeded("looking up " + host + " takes too long");
    }
    if (sought->error) {
        throw Unavailable("looking up " + host + ": " + sought->error.message());
    }
    co_return std::move(sought->addresses);
}

} // namespace tandem::redis
