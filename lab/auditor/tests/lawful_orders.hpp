#pragma once

#include "lab/auditor/dossier.hpp"

namespace tandem::audit::tests {

/// Dossiers that break no law: order 7 of user 3, two units of product 1 at 10.00.
Dossier paid_order();
/// The same, cancelled after it was paid, and refunded.
Dossier cancelled_order();
/// The same, declined.
Dossier declined_order();

/// Adds the event's version, id and moment.
void add_event(Dossier& dossier, std::string type, std::string body = {});

} // namespace tandem::audit::tests
