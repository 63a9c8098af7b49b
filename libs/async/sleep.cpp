#include "libs/async/sleep.hpp"

#include "libs/async/waiter.hpp"

#include <boost/asio/this_coro.hpp>

namespace tandem::async {

Task<> sleep_for(std::chrono::nanoseconds duration) {
    const Executor executor = co_await boost::asio::this_coro::executor;
    Timer timer(executor, duration);
    co_await timer.async_wait(boost::asio::use_awaitable_t<Executor>());
}

} // namespace tandem::async
