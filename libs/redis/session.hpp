#pragma once

#include "libs/redis/call.hpp"

#include <boost/asio/posix/basic_stream_descriptor.hpp>

#include <deque>
#include <hiredis/async.h>
#include <span>
#include <string>
#include <vector>

namespace tandem::redis {

/// One hiredis connection from its first packet to its last, never blocking: the reactor waits,
/// hiredis reads and writes, and replies are matched to calls in the order in which these were sent.
///
/// hiredis frees its context by itself when a connection breaks, in the middle of its own functions.
/// So the context is looked at again after each of them, and before this object lets go of a context
/// it takes back every pointer to itself.
class Session : public std::enable_shared_from_this<Session> {
public:
    /// Is told, from the event loop, that the session has opened or ended.
    class Listener {
    public:
        virtual ~Listener() = default;
        virtual void session_changed() = 0;
    };
    enum class Stage { opening, open, ended };

    Session(Executor executor, Listener& listener)
        : executor_(executor), listener_(&listener), socket_(executor) {}
    ~Session() { close(); }

    /// `address` in digits. Tells the listener even when it fails at once.
    void open(const std::string& address, std::uint16_t port);
    /// Sends the words of a command, together with all that this turn of the loop sends.
    void send(std::span<const std::string_view> words, CallPointer call);
    /// Ends it without a word to the listener. What was not answered is answered Unavailable.
    void close();

    Stage stage() const { return stage_; }
    const std::string& reason() const { return reason_; } ///< why it ended
    /// Calls whose reply has not come, answered or not.
    std::size_t in_flight() const { return in_flight_.size(); }
    /// Answers calls whose deadline has passed. Gives the next deadline, or max().
    Clock::time_point answer_late_calls(Clock::time_point now);

private:
    static Session& of(void* self) { return *static_cast<Session*>(self); }
    static void on_reply(redisAsyncContext* context, void* reply, void*);

    void hook_up();
    void wants_write();
    void wait_writable();
    void write();
    void wants_read();
    void take(const redisReply& reply);
    void freed();
    void end(std::string reason);

    Executor executor_;
    Listener* listener_; // null once closed
    boost::asio::posix::basic_stream_descriptor<Executor> socket_;
    redisAsyncContext* context_ = nullptr;
    Stage stage_ = Stage::opening;
    std::string reason_;
    bool reading_ = false;   // a wait for input is under way
    bool writing_ = false;   // a write is about to happen, or waits for a writable socket
    bool unwritten_ = false; // hiredis has something to write
    std::deque<CallPointer> in_flight_;
    std::vector<const char*> words_; // reused by every send
    std::vector<std::size_t> sizes_;
};

} // namespace tandem::redis
