#include "lab/compare/outside_world.hpp"

#include <boost/process.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tandem::lab {
namespace {

/// At once: a mail server that is asked to end serves its open connections for ten seconds.
const std::vector<std::string> stop{"stop", "--at-once"};
const std::vector<std::string> start{"start"};

} // namespace

OutsideWorld::OutsideWorld(Executor executor, http::Endpoint provider, std::string tandem)
    : client_(executor, {}), provider_(std::move(provider)), tandem_(std::move(tandem)),
      commands_(executor, "commands", 1, 1) {}

Task<> OutsideWorld::payments_take(int delay_ms) {
    co_await behave(fmt::format(
        R"({{"delay_ms":{},"jitter_ms":0,"failure_rate":0,"outage":false,"lose_answer_rate":0}})", delay_ms));
}

Task<> OutsideWorld::take_away(Outage what) {
    if (what == Outage::payment) {
        co_await behave(R"({"outage":true})");
    } else if (what == Outage::mail) {
        co_await tell_mail_server(stop);
    }
}

Task<> OutsideWorld::give_back(Outage what) {
    if (what == Outage::payment) {
        co_await behave(R"({"outage":false})");
    } else if (what == Outage::mail) {
        co_await tell_mail_server(start);
    }
}

Task<> OutsideWorld::behave(std::string behaviour) {
    http::Request change;
    change.method = http::Method::put;
    change.path = "/v1/behaviour";
    change.headers.set("Content-Type", "application/json");
    change.body = std::move(behaviour);
    const http::Response answer = co_await client_.send(provider_, std::move(change));
    if (answer.status != 200) {
        throw std::runtime_error("the payment provider refuses to change its behaviour: " + answer.body);
    }
}

Task<> OutsideWorld::tell_mail_server(std::vector<std::string> words) {
    namespace process = boost::process;
    words.emplace_back("mail");
    const auto command = [tandem = tandem_, words] {
        return process::system(
            process::exe = tandem, process::args = words, process::std_out > process::null);
    };
    const std::optional<int> exit_code = co_await commands_.run(command);
    if (exit_code != 0) {
        throw std::runtime_error(fmt::format("{} {} failed", tandem_, fmt::join(words, " ")));
    }
}

} // namespace tandem::lab
