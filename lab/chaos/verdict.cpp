#include "lab/chaos/verdict.hpp"

#include "libs/json/json.hpp"

#include <algorithm>
#include <utility>

namespace tandem::lab {
namespace {

struct Words {
    std::string sentence;
};
BOOST_DESCRIBE_STRUCT(Words, (), (sentence))

struct Law {
    std::int64_t violations_found = 0;
    std::vector<Words> violations;
};
BOOST_DESCRIBE_STRUCT(Law, (), (violations_found, violations))

struct OneAudit {
    std::string calm;
    std::vector<Law> laws;
};
BOOST_DESCRIBE_STRUCT(OneAudit, (), (calm, laws))

struct Audits {
    std::optional<std::vector<OneAudit>> audits;
    std::optional<std::string> why; ///< it could not look
};
BOOST_DESCRIBE_STRUCT(Audits, (), (audits, why))

constexpr std::size_t words_max = 20;

} // namespace

Judgement parse_judgement(int exit_code, std::string_view json) {
    Judgement judgement{.exit_code = exit_code};
    const auto read = json::read<Audits>(json);
    if (!read) {
        return judgement;
    }
    judgement.why_not = read->why.value_or("");
    for (const OneAudit& audit : read->audits.value_or(std::vector<OneAudit>())) {
        judgement.calm = audit.calm;
        for (const Law& law : audit.laws) {
            judgement.violations_found += law.violations_found;
            for (const Words& words : law.violations) {
                if (judgement.violations.size() < words_max) {
                    judgement.violations.push_back(words.sentence);
                }
            }
        }
    }
    return judgement;
}

Verdict verdict_of(const Judgement& judgement,
                   const std::vector<FaultRecord>& faults,
                   std::int64_t promises_counted,
                   std::int64_t promises_on_disk) {
    if (judgement.exit_code == 1) {
        return Verdict::violated;
    }
    const bool is_anything_broken = std::ranges::any_of(faults, &std::string::empty, &FaultRecord::problem);
    const bool is_judged =
        judgement.exit_code == 0 && is_anything_broken && promises_counted <= promises_on_disk;
    return is_judged ? Verdict::lawful : Verdict::unjudged;
}

std::string_view sentence_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::lawful:
        return "Every promise was kept: all laws hold.";
    case Verdict::violated:
        return "Laws are VIOLATED.";
    case Verdict::unjudged:
        return "Not everything could be judged.";
    }
    std::unreachable();
}

} // namespace tandem::lab
