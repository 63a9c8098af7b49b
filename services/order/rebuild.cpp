#include "services/order/rebuild.hpp"

#include "libs/postgres/pool.hpp"
#include "services/order/infrastructure/projection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <exception>

namespace tandem::order {
namespace {

constexpr std::chrono::seconds patience{30};

Task<> rebuild(postgres::Pool& pool, std::int64_t& differed) {
    co_await pool.wait_ready(std::chrono::steady_clock::now() + patience);
    Projection projection(pool);
    differed = co_await projection.rebuild();
    co_await pool.close(std::chrono::steady_clock::now() + patience);
}

} // namespace

int rebuild_projection(const std::string& url) {
    boost::asio::io_context loop{1};
    postgres::Pool pool(loop.get_executor(), {.url = url, .group_connections = 1});
    pool.start();
    std::int64_t differed = 0;
    std::exception_ptr failure;
    boost::asio::co_spawn(loop.get_executor(), rebuild(pool, differed), [&](std::exception_ptr thrown) {
        failure = std::move(thrown);
        loop.stop();
    });
    loop.run();
    try {
        if (failure) {
            std::rethrow_exception(failure);
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "order_service: %s\n", error.what());
        return 1;
    }
    std::printf("The projection is rebuilt; %lld rows differed.\n", static_cast<long long>(differed));
    return 0;
}

} // namespace tandem::order
