#include "libs/redis/client.hpp"

#include "libs/redis/link.hpp"

namespace tandem::redis {
namespace {

using Words = std::vector<std::string_view>;

Words words_of(std::string_view verb,
               std::string_view script,
               std::string_view key,
               std::span<const std::string> arguments) {
    Words words{verb, script, "1", key};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

} // namespace

Client::Client(Executor executor, ClientOptions options)
    : link_(std::make_shared<Link>(executor, std::move(options))) {}

Client::~Client() {
    link_->stop();
}

void Client::start(async::TaskGroup& tasks) {
    tasks.spawn("redis", link_->keep_up());
}

bool Client::ready() const {
    return link_->ready();
}

Task<Reply> Client::command(std::vector<std::string> words, Deadline deadline) {
    const Words views(words.begin(), words.end());
    auto call = link_->send(views, deadline);
    Reply reply = co_await answer_to(std::move(call));
    co_return reply;
}

Task<Reply> Client::run(const Script& script,
                        std::string key,
                        std::span<const std::string> arguments,
                        Deadline deadline) {
    const auto link = link_;
    auto by_hash = link->send(words_of("EVALSHA", script.sha1(), key, arguments), deadline);
    try {
        Reply reply = co_await answer_to(std::move(by_hash));
        co_return reply;
    } catch (const Refused& refused) {
        if (refused.code() != "NOSCRIPT") {
            throw;
        }
    }
    auto whole = link->send(words_of("EVAL", script.text(), key, arguments), deadline);
    Reply reply = co_await answer_to(std::move(whole));
    co_return reply;
}

Task<> Client::close(Deadline deadline) {
    return link_->close(deadline);
}

} // namespace tandem::redis
