#include "libs/redis/session.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace tandem::redis {
namespace {

using Wait = boost::asio::posix::descriptor_base;

std::string text_of(const redisReply& reply) {
    return {reply.str, static_cast<std::size_t>(reply.len)};
}

} // namespace

void Session::open(const std::string& address, std::uint16_t port) {
    redisAsyncContext* const context = redisAsyncConnect(address.c_str(), port);
    if (context == nullptr || context->err != 0) {
        std::string reason = context == nullptr ? "out of memory" : context->errstr;
        if (context != nullptr) {
            redisAsyncFree(context);
        }
        end(std::move(reason));
        return;
    }
    context_ = context;
    hook_up();
    socket_.assign(context_->c.fd);
    wait_writable(); // as it is once connected
}

void Session::hook_up() {
    context_->data = this;
    context_->ev.data = this;
    context_->ev.addRead = [](void* self) { of(self).wants_read(); };
    context_->ev.addWrite = [](void* self) { of(self).wants_write(); };
    context_->ev.cleanup = [](void* self) { of(self).freed(); };
}

void Session::send(std::span<const std::string_view> words, CallPointer call) {
    words_.clear();
    sizes_.clear();
    for (const std::string_view word : words) {
        words_.push_back(word.data());
        sizes_.push_back(word.size());
    }
    const int count = static_cast<int>(words.size());
    if (context_ == nullptr ||
        redisAsyncCommandArgv(context_, on_reply, nullptr, count, words_.data(), sizes_.data()) != REDIS_OK) {
        answer(*call, std::make_exception_ptr(Unavailable("the connection to redis has ended")));
        return;
    }
    in_flight_.push_back(std::move(call));
}

// Writing and reading, as hiredis wants it

void Session::wants_write() {
    unwritten_ = true;
    if (!std::exchange(writing_, true)) {
        boost::asio::post(executor_, [self = shared_from_this()] { self->write(); });
    }
}

void Session::wait_writable() {
    writing_ = true;
    socket_.async_wait(Wait::wait_write, [self = shared_from_this()](boost::system::error_code error) {
        if (!error) {
            self->write();
        }
    });
}

void Session::write() {
    if (context_ == nullptr) {
        return;
    }
    unwritten_ = false;
    redisAsyncHandleWrite(context_);
    if (context_ == nullptr) {
        return;
    }
    writing_ = false;
    const bool connected = (context_->c.flags & REDIS_CONNECTED) != 0;
    if (unwritten_ || !connected) {
        wait_writable();
    }
    if (connected && stage_ == Stage::opening) {
        stage_ = Stage::open;
        listener_->session_changed();
    }
}

void Session::wants_read() {
    if (std::exchange(reading_, true)) {
        return;
    }
    socket_.async_wait(Wait::wait_read, [self = shared_from_this()](boost::system::error_code error) {
        self->reading_ = false;
        if (!error && self->context_ != nullptr) {
            redisAsyncHandleRead(self->context_);
        }
    });
}

void Session::on_reply(redisAsyncContext* context, void* reply, void*) {
    if (context->data != nullptr && reply != nullptr) {
        of(context->data).take(*static_cast<redisReply*>(reply));
    }
}

void Session::take(const redisReply& reply) {
    if (in_flight_.empty()) {
        return;
    }
    const CallPointer call = std::move(in_flight_.front());
    in_flight_.pop_front();
    switch (reply.type) {
    case REDIS_REPLY_INTEGER:
        answer(*call, Reply(std::int64_t{reply.integer}));
        break;
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_STRING:
        answer(*call, Reply(text_of(reply)));
        break;
    case REDIS_REPLY_NIL:
        answer(*call, Reply());
        break;
    case REDIS_REPLY_ERROR:
        answer(*call, std::make_exception_ptr(Refused(text_of(reply))));
        break;
    default:
        answer(*call, std::make_exception_ptr(Unavailable("redis answered with a list")));
    }
}

Clock::time_point Session::answer_late_calls(Clock::time_point now) {
    auto next = Clock::time_point::max();
    for (const CallPointer& call : in_flight_) {
        if (!call->answered && call->deadline <= now) {
            answer(*call, std::make_exception_ptr(DeadlineExceeded("redis did not answer in time")));
        } else if (!call->answered) {
            next = std::min(next, call->deadline);
        }
    }
    return next;
}

// Ending

// hiredis is about to free the context and to close the socket.
void Session::freed() {
    std::string reason = context_->errstr == nullptr ? "the connection has ended" : context_->errstr;
    context_ = nullptr;
    socket_.release();
    end(std::move(reason));
}

void Session::end(std::string reason) {
    stage_ = Stage::ended;
    reason_ = std::move(reason);
    const auto failure = std::make_exception_ptr(Unavailable("the connection to redis broke: " + reason_));
    for (const CallPointer& call : std::exchange(in_flight_, {})) {
        answer(*call, failure);
    }
    if (listener_ != nullptr) {
        listener_->session_changed();
    }
}

void Session::close() {
    listener_ = nullptr;
    if (context_ != nullptr) {
        redisAsyncContext* const context = std::exchange(context_, nullptr);
        context->data = nullptr;
        context->ev = {};
        socket_.release();
        redisAsyncFree(context);
    }
    if (stage_ != Stage::ended) {
        end("it was closed");
    }
}

} // namespace tandem::redis
