#include "libs/postgres/unit.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <fmt/format.h>

namespace tandem::postgres {
namespace {

namespace asio = boost::asio;

std::string name_of(const Unit& unit) {
    return unit.statements.empty() ? "a transaction" : std::string(unit.statements.front().query.name);
}

struct Begin {
    template <class Handler>
    void operator()(Handler handler, UnitPointer unit, std::function<void(UnitPointer)> enqueue) const {
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected()) {
            slot.assign([weak = std::weak_ptr(unit)](asio::cancellation_type) {
                if (const UnitPointer cancelled = weak.lock()) {
                    answer(
                        *cancelled,
                        std::make_exception_ptr(boost::system::system_error(asio::error::operation_aborted)));
                }
            });
        }
        unit->resume = [handler = std::move(handler)]() mutable { std::move(handler)(); };
        enqueue(std::move(unit));
    }
};

} // namespace

void answer(Unit& unit, std::exception_ptr failure) {
    if (unit.answered()) {
        return;
    }
    unit.failure = std::move(failure);
    asio::post(unit.executor, std::exchange(unit.resume, nullptr));
}

void refuse(Unit& unit, const char* reason) {
    answer(unit, std::make_exception_ptr(Unavailable(reason)));
}

void answer_if_late(Unit& unit, Clock::time_point now) {
    if (!unit.answered() && unit.deadline <= now) {
        answer(
            unit,
            std::make_exception_ptr(DeadlineExceeded(fmt::format("{}: past its deadline", name_of(unit)))));
    }
}

Task<> wait_for_answer(UnitPointer unit, std::function<void(UnitPointer)> enqueue) {
    constexpr asio::use_awaitable_t<Executor> token;
    co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
        Begin{}, token, unit, std::move(enqueue));
    if (unit->failure) {
        std::rethrow_exception(unit->failure);
    }
}

} // namespace tandem::postgres
