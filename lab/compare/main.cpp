#include "lab/compare/referee.hpp"
#include "lab/compare/report.hpp"
#include "libs/kernel/time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>

namespace tandem::lab {
namespace {

struct Options {
    std::string profile = "default";
    std::vector<double> rates;
    int seconds = 20;
    std::filesystem::path out = "compare";
    std::filesystem::path report = "lab/report";
    std::vector<std::string> parts;
    bool only_email_delay = false;
};

template <class T>
T required(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message());
    }
    return *std::move(result);
}

std::string variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
        throw std::runtime_error(name + " is not set: ./tandem compare sets it");
    }
    return value;
}

Contestant microservices() {
    Contestant shop{"microservices", required(http::Endpoint::parse(variable("TANDEM_GATEWAY_URL"))), {}};
    for (const char* service : {"ORDER", "PAYMENT", "PRODUCT", "USER", "CART"}) {
        shop.database_urls.push_back(variable(fmt::format("TANDEM_{}_DATABASE_URL", service)));
    }
    return shop;
}

Contestant monolith() {
    return {"monolith",
            required(http::Endpoint::parse(variable("TANDEM_MONOLITH_URL"))),
            {variable("TANDEM_MONOLITH_DATABASE_URL")}};
}

const Profile& profile_of(const Options& options) {
    const Profile* profile = find_profile(options.profile);
    if (profile == nullptr) {
        throw std::runtime_error("there is no profile " + options.profile);
    }
    return *profile;
}

Match match_of(const Options& options) {
    const Profile& profile = profile_of(options);
    Match match{.profile = profile,
                .rates = options.rates.empty() ? profile.rates : options.rates,
                .length = std::chrono::seconds(options.seconds),
                .contestants = {microservices(), monolith()},
                .provider = required(http::Endpoint::parse(variable("TANDEM_PROVIDER_URL"))),
                .admin_email = variable("TANDEM_ADMIN_EMAIL"),
                .admin_password = variable("TANDEM_ADMIN_PASSWORD")};
    for (const std::string& part : options.parts) {
        match.parts.push_back(required(SupervisedPart::parse(part)));
    }
    return match;
}

/// Runs a task to its end, or until the context is stopped: then nothing.
template <class T>
std::optional<T> finish(boost::asio::io_context& context, Task<T> task) {
    std::optional<T> result;
    std::exception_ptr failure;
    boost::asio::co_spawn(context, std::move(task), [&](std::exception_ptr error, T value) {
        failure = std::move(error);
        result = std::move(value);
        context.stop();
    });
    context.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
    return result;
}

/// Gives how the provider behaved before.
std::string provider_behaves(const Match& match, std::string behaviour) {
    boost::asio::io_context context(1);
    auto before = set_behaviour(context.get_executor(), match.provider, std::move(behaviour));
    return *finish(context, std::move(before));
}

std::vector<Run> play(const Match& match) {
    const std::string before = provider_behaves(
        match,
        fmt::format(R"({{"delay_ms":{},"jitter_ms":0,"failure_rate":0,"outage":false,"lose_answer_rate":0}})",
                    match.profile.payment_delay_ms));
    boost::asio::io_context context(1);
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&context](const boost::system::error_code&, int) { context.stop(); });
    std::optional<std::vector<Run>> runs;
    std::exception_ptr failure;
    try {
        runs = finish(context, compare(context.get_executor(), match));
    } catch (...) {
        failure = std::current_exception(); // thrown again when the provider is what it was
    }
    provider_behaves(match, before);
    if (failure) {
        std::rethrow_exception(failure);
    }
    if (!runs) {
        std::_Exit(130); // interrupted: sessions are under way, and nobody waits for them
    }
    return *std::move(runs);
}

void write_file(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file);
    stream << text << '\n';
    if (!stream.flush()) {
        throw std::runtime_error("cannot write " + file.string());
    }
}

void run(const Options& options) {
    if (options.only_email_delay) {
        fmt::print("{}", profile_of(options).email_delay_ms);
        return;
    }
    std::filesystem::create_directories(options.out);
    const Match match = match_of(options);
    fmt::print(stderr, "\nMeasuring, profile {}: {}.\n", match.profile.name, match.profile.meaning);
    Comparison comparison{.profile = match.profile,
                          .seconds = options.seconds,
                          .taken_at = to_rfc3339(SystemClock().now()),
                          .machine = this_machine()};
    comparison.runs = play(match);
    const std::string json = to_json(comparison);
    write_file(options.out / "compare.txt", to_table(comparison));
    write_file(options.out / "compare.json", json);
    write_file(options.out / "report.html", to_html(json, options.report));
}

} // namespace
} // namespace tandem::lab

int main(int argc, char** argv) {
    tandem::lab::Options options;
    CLI::App app("Plays the same sessions against both shops and compares them; ./tandem compare runs it.");
    app.add_option("--profile", options.profile, "The world: default, fast or contention");
    app.add_option("--rate", options.rates, "Sessions a second; repeatable")
        ->check(CLI::Range(0.1, 10'000.0));
    app.add_option("--seconds", options.seconds, "Length of each run")->check(CLI::Range(1, 3'600));
    app.add_option("--out", options.out, "Folder of compare.txt, compare.json and report.html");
    app.add_option("--report", options.report, "lab/report in the sources");
    app.add_option("--part", options.parts, "architecture:shop|databases|broker:name=pid; repeatable");
    app.add_flag("--print-email-delay",
                 options.only_email_delay,
                 "Tells the mail delay that the profile asks for, in ms");
    CLI11_PARSE(app, argc, argv);
    try {
        tandem::lab::run(options);
    } catch (const std::exception& error) {
        fmt::print(stderr, "compare: {}\n", error.what());
        return 1;
    }
    return 0;
}
