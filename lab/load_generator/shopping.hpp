#pragma once

#include "lab/load_generator/report.hpp"
#include "lab/load_generator/schedule.hpp"
#include "lab/load_generator/shop_client.hpp"
#include "libs/async/task_group.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace tandem::lab {

/// Plays checkouts on schedule, each followed to its end, and writes down what happened. Use on the
/// event loop's thread; outlives `run`.
class Shopping {
public:
    /// Writes each checkout that was accepted, those of the warm-up too, as a line into `promises` (which
    /// outlives it), and that at once: it stays when the generator is killed.
    Shopping(Executor executor,
             ShopClient& shop,
             std::vector<std::string> tokens,
             std::int64_t product_id,
             std::ostream& promises)
        : tasks_(executor), shop_(shop), tokens_(std::move(tokens)), product_id_(product_id),
          promises_(promises) {}

    /// Resumes when every order has come to its end.
    Task<> run(Schedule schedule, Findings& findings);

private:
    Task<> buy(std::uint64_t request, Schedule schedule, Findings& findings);

    async::TaskGroup tasks_;
    ShopClient& shop_;
    std::vector<std::string> tokens_;
    std::int64_t product_id_;
    std::ostream& promises_;
};

} // namespace tandem::lab
