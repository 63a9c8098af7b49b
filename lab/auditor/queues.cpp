#include "lab/auditor/queues.hpp"

#include "lab/auditor/unreadable.hpp"
#include "lab/auditor/web.hpp"
#include "libs/json/json.hpp"

namespace tandem::audit {
namespace {

struct Queue {
    std::string name;
    std::optional<std::int64_t> messages;
};
BOOST_DESCRIBE_STRUCT(Queue, (), (name, messages))

} // namespace

Queues parse_queues(std::string_view json) {
    const auto all = json::read<std::vector<Queue>>(json);
    if (!all) {
        throw Unreadable("the broker's queues make no sense: " + all.error().message());
    }
    Queues queues;
    for (const Queue& queue : *all) {
        const std::int64_t messages = queue.messages.value_or(0);
        if (queue.name.ends_with("_queue.dlq")) {
            queues.dead.push_back({queue.name, messages, ""});
        } else if (queue.name.ends_with("_queue") || queue.name.find("_queue.retry.") != std::string::npos) {
            queues.waiting.push_back({queue.name, messages, ""});
        }
    }
    if (queues.waiting.empty()) {
        throw Unreadable("the broker has no queues of the shop: the services have not been connected yet");
    }
    return queues;
}

Queues read_queues(const std::string& broker_url) {
    WebReader broker("the broker's management API", broker_url);
    return parse_queues(broker.get("/api/queues?columns=name,messages"));
}

} // namespace tandem::audit
