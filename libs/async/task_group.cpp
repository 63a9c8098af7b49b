#include "libs/async/task_group.hpp"

#include "libs/async/event.hpp"
#include "libs/async/failure.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <cassert>
#include <exception>
#include <unordered_set>
#include <vector>

namespace tandem::async {
namespace {

struct Running {
    explicit Running(std::string task_name) : name(std::move(task_name)) {}

    std::string name;
    boost::asio::cancellation_signal stop;
    bool cancelled = false;
};

bool is_abort(const boost::system::system_error& error) {
    return error.code() == boost::asio::error::operation_aborted;
}

void report_end(const Running& task, std::exception_ptr failure) {
    try {
        std::rethrow_exception(std::move(failure));
    } catch (const boost::system::system_error& error) {
        if (!task.cancelled || !is_abort(error)) {
            report_failure(task.name, error.what());
        }
    } catch (const std::exception& error) {
        report_failure(task.name, error.what());
    } catch (...) {
        report_failure(task.name, "unknown exception");
    }
}

} // namespace

void report_failure(std::string_view task, std::string_view problem) {
    static const auto failures =
        telemetry::counter("tandem_task_failures_total", "What background tasks could not catch themselves.");
    failures.add();
    telemetry::log_error("a background task failed", {{"task", task}, {"error", problem}});
}

struct TaskGroup::State {
    explicit State(Executor where) : executor(where), emptied(where) {}

    void ended(const std::shared_ptr<Running>& task, std::exception_ptr failure) {
        running.erase(task);
        if (failure) {
            report_end(*task, std::move(failure));
        }
        if (running.empty()) {
            emptied.notify();
        }
    }

    Executor executor;
    Event emptied;
    std::unordered_set<std::shared_ptr<Running>> running;
};

TaskGroup::TaskGroup(Executor executor) : state_(std::make_shared<State>(executor)) {}

TaskGroup::~TaskGroup() {
    assert(state_->running.empty() && "join a task group before it is destroyed");
}

void TaskGroup::spawn(std::string name, Task<> task) {
    auto running = std::make_shared<Running>(std::move(name));
    state_->running.insert(running);
    const auto slot = running->stop.slot();
    auto on_end = [state = state_, running](std::exception_ptr failure) {
        state->ended(running, std::move(failure));
    };
    boost::asio::co_spawn(
        state_->executor, std::move(task), boost::asio::bind_cancellation_slot(slot, std::move(on_end)));
}

void TaskGroup::cancel() {
    // A copy: a task may end, and so leave the set, while it is told to.
    const std::vector<std::shared_ptr<Running>> all(state_->running.begin(), state_->running.end());
    for (const auto& task : all) {
        task->cancelled = true;
        task->stop.emit(boost::asio::cancellation_type::terminal);
    }
}

Task<> TaskGroup::join() {
    const std::shared_ptr<State> state = state_;
    while (!state->running.empty()) {
        co_await state->emptied.wait_for(std::chrono::nanoseconds::max());
    }
}

std::size_t TaskGroup::size() const {
    return state_->running.size();
}

} // namespace tandem::async
