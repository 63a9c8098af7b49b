#include "libs/async/event.hpp"
#include "libs/async/sleep.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/messaging/message_spans.hpp"
#include "libs/messaging/publisher_worker.hpp"

#include <boost/asio/post.hpp>

namespace tandem::messaging {

using std::chrono::steady_clock;

/// What one call of `send` waits for. Event loop only.
struct Ticket {
    Ticket(Executor executor, std::size_t messages)
        : open(messages), confirmed(messages, false), all_settled(executor) {}

    std::size_t open;
    std::vector<bool> confirmed;
    std::vector<std::optional<telemetry::Span>> spans; // of events; each ends with its confirm
    async::Event all_settled;
};

namespace {

using Spans = std::vector<std::optional<telemetry::Span>>;

Spans start_spans(std::vector<OutgoingEvent>& events) {
    Spans spans;
    for (OutgoingEvent& event : events) {
        spans.emplace_back(start_publish_span(event));
    }
    return spans;
}

/// However the caller leaves: what was not sent by then need not be sent any more.
struct AbandonAtExit {
    std::vector<OutgoingItemPtr> items;
    ~AbandonAtExit() {
        for (const OutgoingItemPtr& item : items) {
            item->abandoned = true;
        }
    }
};

void settle(const std::vector<Outcome>& outcomes) {
    for (const Outcome& outcome : outcomes) {
        const std::shared_ptr<Ticket> ticket = outcome.item->ticket.lock();
        if (!ticket) {
            continue;
        }
        ticket->confirmed[outcome.item->index] = outcome.confirmed;
        if (outcome.confirmed && !ticket->spans.empty()) {
            ticket->spans[outcome.item->index].reset();
        }
        if (--ticket->open == 0) {
            ticket->all_settled.notify();
        }
    }
}

PublisherWorker::Report post_to(Executor executor) {
    return [executor](std::vector<Outcome> outcomes) {
        boost::asio::post(executor, [outcomes = std::move(outcomes)] { settle(outcomes); });
    };
}

} // namespace

struct Publisher::State {
    State(Executor loop, BrokerOptions options) : executor(loop), worker(std::move(options), post_to(loop)) {}

    Task<std::vector<bool>>
    send(std::vector<WireMessage> messages, steady_clock::time_point deadline, Spans spans = {});
    Task<> send_until_confirmed(std::vector<WireMessage> messages);

    Executor executor;
    PublisherWorker worker;
};

Task<std::vector<bool>>
Publisher::State::send(std::vector<WireMessage> messages, steady_clock::time_point deadline, Spans spans) {
    constexpr std::chrono::nanoseconds nap_max = std::chrono::hours(1);
    const auto ticket = std::make_shared<Ticket>(executor, messages.size());
    ticket->spans = std::move(spans);
    AbandonAtExit guard;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        auto item = std::make_shared<OutgoingItem>();
        item->message = std::move(messages[i]);
        item->ticket = ticket;
        item->index = i;
        guard.items.push_back(std::move(item));
    }
    if (!worker.submit(guard.items)) {
        throw Unavailable("too many messages wait for the broker");
    }
    while (ticket->open > 0) {
        const std::chrono::nanoseconds left = deadline - steady_clock::now();
        if (left.count() <= 0) {
            break;
        }
        const std::chrono::nanoseconds nap = std::min(left, nap_max);
        co_await ticket->all_settled.wait_for(nap);
    }
    for (auto& span : ticket->spans) {
        if (span) {
            span->fail("the broker has not confirmed it");
        }
    }
    co_return ticket->confirmed;
}

Task<> Publisher::State::send_until_confirmed(std::vector<WireMessage> messages) {
    Backoff backoff;
    while (!messages.empty()) {
        std::vector<WireMessage> copies = messages;
        const std::vector<bool> confirmed = co_await send(std::move(copies), steady_clock::time_point::max());
        std::vector<WireMessage> left;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (!confirmed[i]) {
                left.push_back(std::move(messages[i]));
            }
        }
        messages = std::move(left);
        if (!messages.empty()) {
            const auto pause = backoff.next();
            co_await async::sleep_for(pause);
        }
    }
}

Publisher::Publisher(Executor executor, BrokerOptions options)
    : state_(std::make_shared<State>(executor, std::move(options))) {}

Publisher::~Publisher() = default;

void Publisher::start() {
    state_->worker.start();
}

bool Publisher::ready() const {
    return state_->worker.connected();
}

Task<> Publisher::publish(std::vector<OutgoingEvent> events) {
    std::vector<WireMessage> messages;
    const Spans spans = start_spans(events);
    for (OutgoingEvent& event : events) {
        messages.push_back(to_wire(std::move(event)));
    }
    co_await state_->send_until_confirmed(std::move(messages));
}

Task<std::vector<bool>> Publisher::try_publish(std::vector<OutgoingEvent> events,
                                               steady_clock::time_point deadline) {
    std::vector<WireMessage> messages;
    Spans spans = start_spans(events);
    for (OutgoingEvent& event : events) {
        messages.push_back(to_wire(std::move(event)));
    }
    auto confirmed = co_await state_->send(std::move(messages), deadline, std::move(spans));
    co_return confirmed;
}

Task<> Publisher::publish_to_queue(std::string queue, Delivery delivery, std::string reason) {
    std::vector<WireMessage> messages;
    messages.push_back(to_wire(std::move(delivery), std::move(queue), std::move(reason)));
    co_await state_->send_until_confirmed(std::move(messages));
}

Task<std::vector<bool>> Publisher::try_publish_to_queues(std::vector<QueueMessage> queue_messages,
                                                         steady_clock::time_point deadline) {
    std::vector<WireMessage> messages;
    for (QueueMessage& message : queue_messages) {
        messages.push_back(
            to_wire(std::move(message.delivery), std::move(message.queue), std::move(message.reason)));
    }
    auto confirmed = co_await state_->send(std::move(messages), deadline);
    co_return confirmed;
}

} // namespace tandem::messaging
