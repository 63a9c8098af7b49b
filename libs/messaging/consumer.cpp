#include "libs/async/event.hpp"
#include "libs/async/keep_going.hpp"
#include "libs/async/task_group.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/messaging/consumer_worker.hpp"
#include "libs/messaging/message_spans.hpp"
#include "libs/messaging/retry_path.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"

#include <boost/asio/post.hpp>

#include <deque>

namespace tandem::messaging {

using std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds idle_turn_max{60};
constexpr std::chrono::seconds move_timeout{5};

struct Batch {
    std::uint64_t epoch = 0;
    std::vector<std::uint64_t> tags;
    std::vector<Delivery> deliveries;
};

struct Metrics {
    explicit Metrics(const std::string& queue)
        : done(messages(queue, "done")), duplicate(messages(queue, "duplicate")),
          retry(messages(queue, "retry")), dead(messages(queue, "dead")),
          duration(telemetry::histogram("tandem_message_duration_seconds",
                                        "From taking a batch of messages to its verdicts",
                                        {{"queue", queue}})) {}

    static telemetry::Counter messages(const std::string& queue, const std::string& verdict) {
        return telemetry::counter("tandem_messages_total",
                                  "Messages that a handler has judged",
                                  {{"queue", queue}, {"verdict", verdict}});
    }
    void count(const std::vector<Judgement>& judgements) const {
        for (const Judgement& judgement : judgements) {
            switch (judgement.verdict) {
            case Verdict::done:
                done.add();
                break;
            case Verdict::duplicate:
                duplicate.add();
                break;
            case Verdict::retry:
                retry.add();
                break;
            case Verdict::dead:
                dead.add();
                break;
            }
        }
    }

    telemetry::Counter done;
    telemetry::Counter duplicate;
    telemetry::Counter retry;
    telemetry::Counter dead;
    telemetry::Histogram duration;
};

void log_dead_letter(const QueueMessage& letter, std::string_view queue) {
    const Delivery& delivery = letter.delivery;
    telemetry::log_error("a message goes to the dead-letter queue",
                         {{"queue", queue},
                          {"event_id", delivery.event_id},
                          {"routing_key", delivery.routing_key},
                          {"attempt", delivery.attempt},
                          {"reason", letter.reason},
                          {"traceparent", delivery.context.traceparent}});
}

} // namespace

/// Everything here runs on the event loop; only `worker` has a thread of its own.
struct Consumer::State : std::enable_shared_from_this<Consumer::State> {
    State(Executor loop,
          BrokerOptions broker,
          QueueTopology topology,
          ConsumerOptions limits,
          Publisher& moves,
          BatchHandler handler)
        : executor(loop), queue(std::move(topology)), options(limits), publisher(moves),
          judge(queue.name, std::move(handler)), metrics(queue.name), arrived(loop), ended(loop), tasks(loop),
          broker_options(std::move(broker)) {}

    void start();
    void drain();
    Batch take_batch();
    Task<> pump();
    Task<bool> begin_batches();
    Task<> process(Batch batch);
    Task<bool> handle(const Batch& batch);
    Task<> settle(const Batch& batch, std::vector<Judgement> judgements);
    Task<bool> move(std::vector<QueueMessage> messages, std::uint64_t epoch);
    Task<bool> hold(std::chrono::milliseconds pause, std::uint64_t epoch);
    Task<> stop();
    /// Makes room for the next batch, however this one ends.
    struct Turn {
        explicit Turn(State& owner) : state(owner) {}
        ~Turn() {
            --state.in_progress;
            state.arrived.notify();
        }
        State& state;
    };
    bool wanted(std::uint64_t epoch) const { return !stopping && worker->epoch() == epoch; }

    Executor executor;
    QueueTopology queue;
    ConsumerOptions options;
    Publisher& publisher;
    Judge judge;
    Metrics metrics;
    async::Event arrived;
    async::Event ended;
    async::TaskGroup tasks;
    BrokerOptions broker_options;
    std::deque<Inbound> waiting;
    AckTracker tracker;
    std::uint64_t tracked_epoch = 0;
    std::size_t in_progress = 0;
    bool stopping = false;
    bool worker_ended = false;
    std::unique_ptr<ConsumerWorker> worker;
};

void Consumer::State::start() {
    const auto on_loop = [loop = executor, weak = weak_from_this()](auto action) {
        boost::asio::post(loop, [weak, action] {
            if (const auto state = weak.lock()) {
                action(*state);
            }
        });
    };
    worker = std::make_unique<ConsumerWorker>(
        broker_options,
        queue,
        options.prefetch,
        [on_loop] { on_loop([](State& state) { state.arrived.notify(); }); },
        [on_loop] {
            on_loop([](State& state) {
                state.worker_ended = true;
                state.ended.notify();
            });
        });
    worker->start();
    tasks.spawn("consume " + queue.name, pump());
}

void Consumer::State::drain() {
    for (Inbound& inbound : worker->take()) {
        if (inbound.epoch != tracked_epoch) {
            tracked_epoch = inbound.epoch;
            tracker = AckTracker();
            waiting.clear();
        }
        tracker.delivered(inbound.tag);
        waiting.push_back(std::move(inbound));
    }
    if (worker->epoch() != tracked_epoch) {
        waiting.clear();
    }
}

Batch Consumer::State::take_batch() {
    drain();
    Batch batch;
    batch.epoch = tracked_epoch;
    while (!waiting.empty() && batch.tags.size() < options.batch_max) {
        batch.tags.push_back(waiting.front().tag);
        batch.deliveries.push_back(std::move(waiting.front().delivery));
        waiting.pop_front();
    }
    return batch;
}

Task<> Consumer::State::pump() {
    async::Turn begin = [this] { return begin_batches(); };
    co_await async::keep_going("consume " + queue.name, std::move(begin));
}

Task<bool> Consumer::State::begin_batches() {
    while (!stopping && in_progress < options.concurrency) {
        Batch batch = take_batch();
        if (batch.tags.empty()) {
            break;
        }
        ++in_progress;
        tasks.spawn("handle " + queue.name, process(std::move(batch)));
    }
    if (!stopping) {
        co_await arrived.wait_for(idle_turn_max);
    }
    co_return !stopping;
}

/// A batch that was neither settled nor given up would stay with this consumer, unacknowledged, for as
/// long as it lives.
Task<> Consumer::State::process(Batch batch) {
    const Turn turn(*this);
    async::Turn attempt = [this, &batch] { return handle(batch); };
    co_await async::keep_going("handle " + queue.name, std::move(attempt));
}

/// Gives false once the batch is settled or given up.
Task<bool> Consumer::State::handle(const Batch& batch) {
    if (!wanted(batch.epoch)) {
        co_return false;
    }
    const auto started = steady_clock::now();
    Judge::Hold hold_batch = [this, epoch = batch.epoch](std::chrono::milliseconds pause) {
        return hold(pause, epoch);
    };
    std::vector<Delivery> copies = batch.deliveries;
    ProcessSpans spans("rabbitmq", queue.name, copies);
    auto judgements = co_await judge.judge(std::move(copies), std::move(hold_batch));
    if (!judgements) {
        spans.give_back();
        co_return false;
    }
    spans.end(*judgements, queue.attempts_max());
    metrics.duration.observe(steady_clock::now() - started);
    metrics.count(*judgements);
    co_await settle(batch, *std::move(judgements));
    co_return false;
}

Task<> Consumer::State::settle(const Batch& batch, std::vector<Judgement> judgements) {
    std::vector<QueueMessage> moves;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
        if (!is_handled(judgements[i].verdict)) {
            moves.push_back(moved(queue, batch.deliveries[i], judgements[i]));
            if (moves.back().queue == dead_letter_queue_name(queue.name)) {
                log_dead_letter(moves.back(), queue.name);
            }
        }
    }
    if (!moves.empty()) {
        const bool all_moved = co_await move(std::move(moves), batch.epoch);
        if (!all_moved) {
            co_return;
        }
    }
    if (batch.epoch == tracked_epoch) {
        worker->acknowledge(batch.epoch, tracker.settle(batch.tags));
    }
}

Task<bool> Consumer::State::move(std::vector<QueueMessage> messages, std::uint64_t epoch) {
    Backoff backoff;
    for (;;) {
        std::vector<QueueMessage> copies = messages;
        const auto deadline = steady_clock::now() + move_timeout;
        std::vector<bool> confirmed(messages.size(), false);
        try {
            confirmed = co_await publisher.try_publish_to_queues(std::move(copies), deadline);
        } catch (const Unavailable& full) {
            telemetry::log_warn("messages wait to be moved", {{"queue", queue.name}, {"error", full.what()}});
        }
        std::vector<QueueMessage> left;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (!confirmed[i]) {
                left.push_back(std::move(messages[i]));
            }
        }
        if (left.empty()) {
            co_return true;
        }
        messages = std::move(left);
        const auto pause = backoff.next();
        const bool go_on = co_await hold(pause, epoch);
        if (!go_on) {
            co_return false;
        }
    }
}

Task<bool> Consumer::State::hold(std::chrono::milliseconds pause, std::uint64_t epoch) {
    const auto again_at = steady_clock::now() + pause;
    while (wanted(epoch)) {
        const std::chrono::nanoseconds left = again_at - steady_clock::now();
        if (left.count() <= 0) {
            co_return true;
        }
        co_await arrived.wait_for(left);
    }
    co_return false;
}

Task<> Consumer::State::stop() {
    stopping = true;
    arrived.notify();
    co_await tasks.join();
    if (!worker) {
        co_return;
    }
    worker->request_stop();
    while (!worker_ended) {
        co_await ended.wait_for(idle_turn_max);
    }
}

Consumer::Consumer(Executor executor,
                   BrokerOptions options,
                   QueueTopology queue,
                   ConsumerOptions consumer_options,
                   Publisher& publisher,
                   BatchHandler handler)
    : state_(std::make_shared<State>(
          executor, std::move(options), std::move(queue), consumer_options, publisher, std::move(handler))) {}

Consumer::~Consumer() = default;

void Consumer::start() {
    state_->start();
}

bool Consumer::ready() const {
    return state_->worker && state_->worker->epoch() != 0;
}

Task<> Consumer::stop() {
    co_await state_->stop();
}

} // namespace tandem::messaging
