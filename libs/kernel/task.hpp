#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

namespace tandem {

/// The executor of the one event loop of a process, as a concrete type: type-erased executors cost
/// an allocation and an indirect call at every suspension.
using Executor = boost::asio::io_context::executor_type;

/// The one asynchronous return type of the code base. Rules: `co_await` stands alone on its line;
/// parameters are taken by value, references only to objects that outlive the process's work; no
/// lambda that captures is itself a coroutine (a plain lambda may call a member coroutine).
template <class T = void>
using Task = boost::asio::awaitable<T, Executor>;

} // namespace tandem
