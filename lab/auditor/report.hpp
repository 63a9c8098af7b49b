#pragma once

#include "lab/auditor/audit.hpp"
#include "lab/auditor/unreadable.hpp"

#include <string>
#include <vector>

namespace tandem::audit {

enum class Verdict { lawful, violated, unjudged };
std::string_view to_string(Verdict verdict);

/// `unjudged`: nothing was found, but the shop was not at rest, so that not everything could be looked at.
Verdict verdict_of(const std::vector<Audit>& audits);

/// For people: a line a law, then the first violations of each with their evidence.
std::string to_table(const Audit& audit);
/// What programs are told when it could not look.
std::string to_json(const Unreadable& away);
/// For programs: everything that was kept.
std::string to_json(const std::vector<Audit>& audits);

} // namespace tandem::audit
