#pragma once

#include "lab/simulation/world/world.hpp"

#include <memory>
#include <optional>

namespace tandem::simulation {

/// The instances of one service. Some may be down.
struct Instances {
    std::vector<Node*> nodes;

    /// One that is up, by turns; null when there is none.
    std::size_t choose() {
        for (std::size_t tries = 0; tries < nodes.size(); ++tries) {
            const std::size_t index = next++ % nodes.size();
            if (nodes[index]->alive()) {
                return index;
            }
        }
        return nodes.size();
    }
    std::size_t next = 0;
};

namespace calls {

template <class T>
struct State {
    std::optional<T> answer;
    Node::Wait wait;
};

template <class T>
Task<> serve(World& world, Node& server, Node& client, Task<T> work, std::shared_ptr<State<T>> state) {
    auto answer = std::make_shared<T>(co_await std::move(work));
    const bool lost = world.strikes(Fault::answer_lost, server.name());
    if (!lost) {
        world.scheduler.after(world.between_us(100, 900), [&client, state, answer] {
            state->answer.emplace(std::move(*answer));
            client.wake(state->wait);
        });
    }
}

} // namespace calls

/// An HTTP call: `work` makes the task that the chosen instance runs, and refers to nothing that a crash of
/// the caller destroys: what is on its way arrives all the same. Nothing when no answer came within
/// `patience`, whatever has become of the call: lost on the way, refused, failed, or done.
template <class T>
Task<std::optional<T>> call(World& world,
                            Node& client,
                            Instances& service,
                            std::function<Task<T>(std::size_t instance)> work,
                            Duration patience) {
    auto state = std::make_shared<calls::State<T>>();
    const Duration way = world.strikes(Fault::call_slow, client.name()) ? world.between_ms(200, 4'000)
                                                                        : world.between_us(100, 900);
    if (!world.strikes(Fault::request_lost, client.name())) {
        world.scheduler.after(way, [&world, &client, &service, work = std::move(work), state] {
            const std::size_t chosen = service.choose();
            if (chosen < service.nodes.size()) {
                Node& server = *service.nodes[chosen];
                server.spawn(calls::serve<T>(world, server, client, work(chosen), state));
            }
        });
    }
    co_await client.wait([&client, patience, state](Node::Wait wait) {
        state->wait = wait;
        client.wake_after(patience, wait);
    });
    co_return std::move(state->answer);
}

} // namespace tandem::simulation
