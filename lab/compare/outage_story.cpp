#include "lab/compare/outage_story.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tandem::lab {
namespace {

std::string served(const Run& run, const OutageEffect& effect) {
    const std::uint64_t turned_away = effect.during.came - effect.during.accepted;
    return fmt::format(
        "The {} served {} of the {} customers who came during the outage of {:.1f} s and turned "
        "{} away; of those who came after it, {} of {} were served.",
        run.architecture,
        effect.during.accepted,
        effect.during.came,
        run.outage->end_s - run.outage->begin_s,
        turned_away,
        effect.after.accepted,
        effect.after.came);
}

std::string recovered(const Run& run, const OutageEffect& effect) {
    if (effect.waiting == 0) {
        return fmt::format("No order of the {} was waiting when the outage ended.", run.architecture);
    }
    const std::string waited = fmt::format(
        "When the outage ended, {} accepted orders of the {} were waiting", effect.waiting, run.architecture);
    if (!effect.recovery_s) {
        return fmt::format("{}; {} of them were never confirmed.", waited, effect.never_confirmed);
    }
    return fmt::format("{}; all of them were confirmed within {:.1f} s.", waited, *effect.recovery_s);
}

std::string confirmed(const Run& run) {
    const Sessions& sessions = run.sessions;
    const std::string all = fmt::format("In the end the {} had confirmed {} of {} accepted orders",
                                        run.architecture,
                                        sessions.confirmed,
                                        sessions.accepted);
    std::vector<std::string> kinds;
    for (const auto& [kind, count] : sessions.errors) {
        kinds.push_back(fmt::format("\"{}\" {} times", kind, count));
    }
    return kinds.empty() ? all + "; no customer met an error."
                         : fmt::format("{}; customers met {}.", all, fmt::join(kinds, ", "));
}

std::string lesson(const Profile& profile, const OutageEffect& microservices, const OutageEffect& monolith) {
    const char* what = profile.outage == Outage::payment ? "payment" : "mail";
    const std::uint64_t ours = microservices.during.came - microservices.during.confirmed;
    const std::uint64_t theirs = monolith.during.came - monolith.during.confirmed;
    if (ours == 0 && theirs == 0) {
        return fmt::format("The {} outage cost neither shop a customer who came during it.", what);
    }
    return fmt::format(
        "The {} outage cost the microservices {} and the monolith {} of the customers who came "
        "during it.",
        what,
        ours,
        theirs);
}

} // namespace

std::vector<std::string> outage_story(const Profile& profile, const Pair& runs) {
    std::vector<std::string> sentences;
    if (!runs.microservices.outage || !runs.monolith.outage) {
        return sentences;
    }
    std::vector<OutageEffect> effects;
    for (const Run* run : {&runs.microservices, &runs.monolith}) {
        effects.push_back(effect_of(*run->outage, run->sessions.visits));
        sentences.push_back(served(*run, effects.back()));
        sentences.push_back(recovered(*run, effects.back()));
        sentences.push_back(confirmed(*run));
    }
    sentences.push_back(lesson(profile, effects.front(), effects.back()));
    return sentences;
}

} // namespace tandem::lab
