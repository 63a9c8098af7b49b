#pragma once

#include "lab/auditor/dossier.hpp"
#include "lab/auditor/findings.hpp"

#include <string>
#include <vector>

/// What the stores hold about an order, in words, to be shown with a violation.
namespace tandem::audit {

Fact order_fact(const Dossier& dossier);
Fact events_fact(const Dossier& dossier);
Fact items_fact(const Dossier& dossier);
Fact payment_fact(const Dossier& dossier);
Fact ledger_fact(const Dossier& dossier);
Fact reservation_fact(const Dossier& dossier);
Fact promise_fact(const Dossier& dossier);
Fact key_fact(const Dossier& dossier);

} // namespace tandem::audit
