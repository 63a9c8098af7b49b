#pragma once

#include "lab/chaos/door.hpp"
#include "lab/chaos/promise_journal.hpp"
#include "lab/load_generator/schedule.hpp"
#include "libs/async/task_group.hpp"

#include <deque>
#include <vector>

namespace tandem::lab {

/// The products of each errand.
struct Shelf {
    std::int64_t plenty = 0;
    std::int64_t declined = 0; ///< its price is one that the card network declines
    std::int64_t sold_out = 0;
};

/// What the customers want, by the seed alone: of 100 about 84 buy, 8 cancel, 5 pay with a card that is
/// declined and 3 come too late.
std::vector<Errand> draw_errands(std::uint64_t seed, std::size_t customers);

/// Careful customers on an open-loop schedule: each asks with a key, asks again with the same key as long as
/// nobody knows, writes down what was accepted before it counts, and follows the order to its end. Use on the
/// event loop's thread; outlives its calls.
class Crowd {
public:
    Crowd(
        Executor executor, Door& door, PromiseJournal& journal, Shelf shelf, std::vector<Customer> customers)
        : tasks_(executor), door_(door), journal_(journal), shelf_(shelf), customers_(std::move(customers)) {}

    /// Resumes when the last customer has come; they stay. `begin` is when the schedule begins.
    Task<> come(Schedule schedule, Schedule::Clock::time_point begin, std::vector<Errand> errands);
    /// Resumes when everybody knows, or has given up at that time.
    Task<> leave_by(Schedule::Clock::time_point last);

    const std::deque<Visit>& visits() const { return visits_; }
    double seconds_now() const;
    /// Why promises could not be written down; empty when all were.
    const std::string& failure() const { return failure_; }

private:
    Task<> shop(Visit& visit, Customer& customer);
    Task<CheckoutAnswer> check_out(Visit& visit, Customer& customer, std::string key);
    Task<> keep(Visit& visit, const CheckoutAnswer& accepted, const std::string& key);
    Task<> cancel(const Visit& visit, Customer& customer);
    Task<> follow(Visit& visit, Customer& customer);
    Task<> renew(Customer& customer);
    bool is_late() const { return Schedule::Clock::now() >= last_; }
    std::int64_t product_for(Errand errand) const;

    async::TaskGroup tasks_;
    Door& door_;
    PromiseJournal& journal_;
    Shelf shelf_;
    std::vector<Customer> customers_; ///< none is added: their addresses stay
    std::deque<Visit> visits_;        ///< their addresses stay
    Schedule::Clock::time_point begin_;
    Schedule::Clock::time_point last_ = Schedule::Clock::time_point::max();
    std::string failure_;
};

} // namespace tandem::lab
