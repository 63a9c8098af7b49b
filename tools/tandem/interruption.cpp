#include "tools/tandem/interruption.hpp"

#include <csignal>

namespace tandem::local {
namespace {

volatile std::sig_atomic_t was_interrupted = 0;

void remember(int) {
    was_interrupted = 1;
}

} // namespace

Interruption::Interruption() {
    was_interrupted = 0;
    std::signal(SIGINT, &remember);
    std::signal(SIGTERM, &remember);
}

Interruption::~Interruption() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interruption::has_come() const {
    return was_interrupted != 0;
}

} // namespace tandem::local
