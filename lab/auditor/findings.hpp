#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::audit {

/// The laws of the shop by their numbers. The seventh is what else follows from them across the
/// databases: payments, notifications, carts and customers agree with the orders.
enum class Law { orders = 1, money, stock, mail, rest, history, company };
inline constexpr std::array laws{
    Law::orders, Law::money, Law::stock, Law::mail, Law::rest, Law::history, Law::company};

std::string_view title_of(Law law);

/// When a violation is one. Databases are read one after another, so that what holds across them
/// can only be judged while nothing moves.
enum class Needs {
    nothing,  ///< within one snapshot: always
    rest,     ///< only while the shop is at rest
    patience, ///< only when the shop was waited for, and did not come to rest
};

/// One row, event or entry that shows the violation.
struct Fact {
    std::string name;
    std::string value;
};

struct Violation {
    Law law = Law::orders;
    Needs needs = Needs::nothing;
    std::string_view kind; ///< for programs: "charged_twice"
    std::string sentence;  ///< for people, with the ids
    std::vector<Fact> evidence{};
};

/// How the shop was while it was read.
enum class Calm {
    at_rest,
    moving, ///< nobody waited
    stuck,  ///< it did not come to rest in the time that was given
};

/// What was looked at and what was found, in bounded memory: the first violations of each law are
/// kept whole, the others counted.
class Findings {
public:
    explicit Findings(std::size_t kept_max) : kept_max_(kept_max) {}

    void violate(Violation violation);
    void count(Law law, std::string_view what, std::int64_t times = 1);
    /// A sentence that people should read although it is no violation.
    void note(Law law, std::string sentence);

    /// Those that count in that calm.
    std::int64_t violations(Law law, Calm calm) const;
    std::vector<const Violation*> kept(Law law, Calm calm) const;
    const std::map<std::string, std::int64_t, std::less<>>& counts(Law law) const;
    const std::vector<std::string>& notes(Law law) const;

private:
    struct Pile {
        std::int64_t found = 0;
        std::vector<Violation> kept;
    };
    struct Chapter {
        std::array<Pile, 3> piles; // by Needs
        std::map<std::string, std::int64_t, std::less<>> counts;
        std::vector<std::string> notes;
    };
    Chapter& at(Law law) { return chapters_[static_cast<std::size_t>(law) - 1]; }
    const Chapter& at(Law law) const { return chapters_[static_cast<std::size_t>(law) - 1]; }

    std::size_t kept_max_;
    std::array<Chapter, laws.size()> chapters_;
};

} // namespace tandem::audit
