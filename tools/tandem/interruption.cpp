#include "tools/tandem/interruption.hpp"

#include <atomic>
#include <csignal>

namespace tandem::local {
namespace {

volatile std::sig_atomic_t was_interrupted = 0;
std::atomic<pid_t> child_at_work = 0;
static_assert(std::atomic<pid_t>::is_always_lock_free, "a signal handler reads it");

void remember(int signal, siginfo_t* origin, void*) {
    was_interrupted = 1;
    const pid_t child = child_at_work;
    if (child > 0 && origin->si_code == SI_USER) {
        ::kill(child, signal);
    }
}

void handle(int signal) {
    struct sigaction action{};
    action.sa_sigaction = &remember;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

Interruption::Interruption() {
    was_interrupted = 0;
    handle(SIGINT);
    handle(SIGTERM);
}

Interruption::~Interruption() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interruption::has_come() const {
    return was_interrupted != 0;
}

ChildAtWork::ChildAtWork(pid_t pid) {
    child_at_work = pid;
}

ChildAtWork::~ChildAtWork() {
    child_at_work = 0;
}

} // namespace tandem::local
