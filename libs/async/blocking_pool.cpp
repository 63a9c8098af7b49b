#include "libs/async/blocking_pool.hpp"

#include "libs/async/waiter.hpp"
#include "libs/telemetry/metrics.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <vector>

namespace tandem::async {
namespace {

constexpr std::size_t thread_name_max = 15;

/// A job on its way through the pool. The pool's threads touch `work` and `failure`; the rest
/// belongs to the event loop.
struct Ticket {
    Ticket(Executor executor, std::function<void()> job) : work(std::move(job)), done(executor) {}

    std::function<void()> work;
    std::exception_ptr failure;
    Waiter done;
};

std::exception_ptr aborted() {
    return std::make_exception_ptr(boost::system::system_error(boost::asio::error::operation_aborted));
}

} // namespace

struct BlockingPool::State {
    State(Executor where, const std::string& name, std::size_t limit)
        : executor(where), queue_max(limit),
          queued(telemetry::gauge("tandem_blocking_pool_queued", "Jobs that wait.", {{"pool", name}})) {}

    void work() {
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [this] { return closing || !queue.empty(); });
            if (closing) {
                return;
            }
            std::shared_ptr<Ticket> ticket = std::move(queue.front());
            queue.pop_front();
            queued.set(static_cast<double>(queue.size()));
            lock.unlock();
            run(*ticket);
            finish(std::move(ticket)); // the event loop ends its life, and that of its exception
            lock.lock();
        }
    }

    static void run(Ticket& ticket) {
        try {
            ticket.work();
        } catch (...) {
            ticket.failure = std::current_exception();
        }
        ticket.work = nullptr;
    }

    void finish(std::shared_ptr<Ticket> ticket) const {
        boost::asio::post(executor, [ticket = std::move(ticket)] { ticket->done.wake(); });
    }

    bool add(const std::shared_ptr<Ticket>& ticket) {
        const std::lock_guard lock(mutex);
        if (closing || queue.size() >= queue_max) {
            return false;
        }
        queue.push_back(ticket);
        queued.set(static_cast<double>(queue.size()));
        changed.notify_one();
        return true;
    }

    /// False when a thread has it in hand already.
    bool take_back(const std::shared_ptr<Ticket>& ticket) {
        const std::lock_guard lock(mutex);
        return std::erase(queue, ticket) > 0;
    }

    void close() {
        std::deque<std::shared_ptr<Ticket>> dropped;
        {
            const std::lock_guard lock(mutex);
            closing = true;
            dropped = std::move(queue);
            queue.clear();
        }
        changed.notify_all();
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const auto& ticket : dropped) {
            ticket->failure = aborted();
            finish(ticket);
        }
    }

    Executor executor;
    std::size_t queue_max;
    telemetry::Gauge queued;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<Ticket>> queue;
    bool closing = false;
    std::vector<std::thread> threads;
};

BlockingPool::BlockingPool(Executor executor, std::string name, std::size_t threads, std::size_t queue_max)
    : state_(std::make_shared<State>(executor, name, queue_max)) {
    for (std::size_t i = 0; i < threads; ++i) {
        auto& thread = state_->threads.emplace_back([state = state_.get()] { state->work(); });
        pthread_setname_np(thread.native_handle(), name.substr(0, thread_name_max).c_str());
    }
}

BlockingPool::~BlockingPool() {
    state_->close();
}

std::size_t BlockingPool::queued() const {
    const std::lock_guard lock(state_->mutex);
    return state_->queue.size();
}

Task<bool> BlockingPool::submit(std::function<void()> job) {
    const std::shared_ptr<State> state = state_;
    const auto ticket = std::make_shared<Ticket>(state->executor, std::move(job));
    if (!state->add(ticket)) {
        co_return false;
    }
    // A job in hand cannot be stopped, and may use what its caller owns: a cancelled task waits too.
    const bool throws = co_await boost::asio::this_coro::throw_if_cancelled();
    co_await boost::asio::this_coro::throw_if_cancelled(false);
    while (!ticket->done.woken()) {
        try {
            co_await ticket->done.wait_for(std::chrono::nanoseconds::max());
        } catch (const boost::system::system_error&) {
            if (state->take_back(ticket)) {
                ticket->failure = aborted();
                break;
            }
        }
    }
    co_await boost::asio::this_coro::throw_if_cancelled(throws);
    if (ticket->failure) {
        std::rethrow_exception(ticket->failure);
    }
    co_return true;
}

} // namespace tandem::async
