#pragma once

#include "libs/kernel/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <stdexcept>

namespace tandem::testing {

template <class T>
Task<> store(Task<T> task, std::optional<T>& outcome) {
    T value = co_await std::move(task);
    outcome.emplace(std::move(value));
}

/// Runs `task` on `context` until it ends (background work of the context goes on meanwhile) and
/// returns what it returned; rethrows what it threw.
template <class T>
T run(boost::asio::io_context& context, Task<T> task) {
    std::optional<T> outcome;
    std::exception_ptr failure;
    bool ended = false;
    const auto on_end = [&](std::exception_ptr thrown) {
        failure = std::move(thrown);
        ended = true;
    };
    boost::asio::co_spawn(context.get_executor(), store(std::move(task), outcome), on_end);
    context.restart();
    while (!ended && context.run_one() > 0) {
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    if (!outcome) {
        throw std::logic_error("the task can never end: nothing is left to run");
    }
    return *std::move(outcome);
}

inline void run(boost::asio::io_context& context, Task<> task) {
    std::exception_ptr failure;
    bool ended = false;
    const auto on_end = [&](std::exception_ptr thrown) {
        failure = std::move(thrown);
        ended = true;
    };
    boost::asio::co_spawn(context.get_executor(), std::move(task), on_end);
    context.restart();
    while (!ended && context.run_one() > 0) {
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    if (!ended) {
        throw std::logic_error("the task can never end: nothing is left to run");
    }
}

/// For tasks that need no context of their own.
template <class T>
T run(Task<T> task) {
    boost::asio::io_context context;
    return run(context, std::move(task));
}

} // namespace tandem::testing
