#pragma once

#include "lab/simulation/run/people.hpp"

namespace tandem::simulation {

/// Holds the shop, at rest, against the laws of ARCHITECTURE.md. What is broken is told to the world.
void check_laws(Shop& shop, const People& people);

/// Those of them that are about what the shop tells and remembers: mails, queues, events, carts.
void check_records(Shop& shop, const People& people);

} // namespace tandem::simulation
