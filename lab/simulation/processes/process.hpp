#pragma once

#include "lab/simulation/world/world.hpp"

#include <memory>

namespace tandem::simulation {

/// One instance of a service: it may crash wherever its code waits, loses all that it had in memory, and is
/// started again a while later.
template <class Program>
class Process {
public:
    using Build = std::function<std::unique_ptr<Program>(Node& node)>;

    Process(World& world, std::string name, Build build)
        : world_(world), node_(world.scheduler, std::move(name)), build_(std::move(build)) {
        node_.when_struck([this] { return world_.strikes(Fault::crash, node_.name()); },
                          [this] { restart_later(); });
        node_.on_failure(
            [this](const std::string& what) { world_.story.tell(node_.name(), "fails: {}", what); });
    }
    ~Process() {
        node_.when_struck({}, {});
        node_.crash();
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void start() {
        program_ = build_(node_);
        program_->start();
    }
    Node& node() { return node_; }
    Program& program() { return *program_; }

private:
    void restart_later() {
        program_.reset();
        world_.scheduler.after(world_.between_ms(5, 3'000), [this] {
            world_.story.tell(node_.name(), "starts again");
            node_.revive();
            start();
        });
    }

    World& world_;
    Node node_;
    Build build_;
    std::unique_ptr<Program> program_;
};

} // namespace tandem::simulation
