#include "libs/redis/call.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace tandem::redis {
namespace {

namespace asio = boost::asio;

struct Wait {
    template <class Handler>
    void operator()(Handler handler, const CallPointer& call) const {
        auto slot = asio::get_associated_cancellation_slot(handler);
        if (slot.is_connected()) {
            slot.assign([weak = std::weak_ptr(call)](asio::cancellation_type) {
                if (const CallPointer cancelled = weak.lock()) {
                    const boost::system::system_error aborted(asio::error::operation_aborted);
                    answer(*cancelled, std::make_exception_ptr(aborted));
                }
            });
        }
        call->resume = [handler = std::move(handler)]() mutable { std::move(handler)(); };
    }
};

void wake(Call& call) {
    call.answered = true;
    if (call.resume) {
        asio::post(call.executor, std::exchange(call.resume, nullptr));
    }
}

} // namespace

void answer(Call& call, Reply reply) {
    if (!call.answered) {
        call.reply = std::move(reply);
        wake(call);
    }
}

void answer(Call& call, std::exception_ptr failure) {
    if (!call.answered) {
        call.failure = std::move(failure);
        wake(call);
    }
}

Task<Reply> answer_to(CallPointer call) {
    if (!call->answered) {
        constexpr asio::use_awaitable_t<Executor> token;
        co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(Wait{}, token, call);
    }
    if (call->failure) {
        std::rethrow_exception(call->failure);
    }
    co_return std::move(call->reply);
}

} // namespace tandem::redis
