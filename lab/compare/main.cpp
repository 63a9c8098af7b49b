#include "lab/compare/referee.hpp"
#include "lab/compare/report.hpp"
#include "lab/report/page.hpp"
#include "libs/kernel/time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace tandem::lab {
namespace {

constexpr int interrupted = 130;

struct Options {
    std::string profile = "default";
    std::vector<double> rates;
    std::vector<int> payment_delays_ms;
    int seconds = 0;
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

Profile profile_of(const Options& options) {
    const Profile* known = find_profile(options.profile);
    if (known == nullptr) {
        throw std::runtime_error(
            fmt::format("there is no profile {}: choose {}", options.profile, profile_names()));
    }
    Profile profile = *known;
    if (!options.rates.empty()) {
        profile.rates = options.rates;
    }
    if (!options.payment_delays_ms.empty()) {
        profile.payment_delays_ms = options.payment_delays_ms;
    }
    if (options.seconds > 0) {
        profile.length = std::chrono::seconds(options.seconds);
    }
    return profile;
}

Match match_of(const Options& options) {
    Match match{.profile = profile_of(options),
                .contestants = {microservices(), monolith()},
                .provider = required(http::Endpoint::parse(variable("TANDEM_PROVIDER_URL"))),
                .tandem = variable("TANDEM_COMMAND"),
                .admin_email = variable("TANDEM_ADMIN_EMAIL"),
                .admin_password = variable("TANDEM_ADMIN_PASSWORD")};
    for (const std::string& part : options.parts) {
        match.parts.push_back(required(SupervisedPart::parse(part)));
    }
    return match;
}

/// Fills `runs` with what has been played to its end. Gives false when Ctrl-C came before all was.
bool play(boost::asio::io_context& context, const Match& match, std::vector<Run>& runs) {
    bool is_complete = false;
    std::exception_ptr failure;
    boost::asio::signal_set signals(context, SIGINT, SIGTERM);
    signals.async_wait([&context](const boost::system::error_code&, int) { context.stop(); });
    boost::asio::co_spawn(
        context, compare(context.get_executor(), match, runs), [&](std::exception_ptr error) {
            failure = std::move(error);
            is_complete = true;
            context.stop();
        });
    context.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
    return is_complete;
}

void write_file(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file);
    stream << text << '\n';
    if (!stream.flush()) {
        throw std::runtime_error("cannot write " + file.string());
    }
}

void write_report(const Comparison& comparison, const Options& options) {
    std::filesystem::create_directories(options.out);
    const std::string json = to_json(comparison);
    write_file(options.out / "compare.txt", to_table(comparison));
    write_file(options.out / "compare.json", json);
    write_file(options.out / "report.html", page_of("report", json, options.report));
}

void keep_what_is_whole(const Comparison& comparison, const Options& options) {
    const std::size_t played = comparison.pairs().size();
    if (played == 0) {
        fmt::print(stderr, "\nInterrupted before both shops had played a load: nothing is kept.\n");
        return;
    }
    write_report(comparison, options);
    fmt::print(stderr,
               "\nInterrupted after {} of {} loads: what both shops have played is kept in {}.\n",
               played,
               loads_of(comparison.profile).size(),
               options.out.string());
}

/// Sessions are under way, and nobody waits for them: the process ends here.
[[noreturn]] void leave(const Comparison& comparison, const Options& options) {
    try {
        keep_what_is_whole(comparison, options);
    } catch (const std::exception& error) {
        fmt::print(stderr, "compare: {}\n", error.what());
    }
    std::fflush(nullptr);
    std::_Exit(interrupted);
}

void run(const Options& options) {
    if (options.only_email_delay) {
        fmt::print("{}", profile_of(options).email_delay_ms);
        return;
    }
    const Match match = match_of(options);
    fmt::print(stderr, "\nMeasuring, profile {}: {}.\n", match.profile.name, match.profile.meaning);
    Comparison comparison{
        .profile = match.profile, .taken_at = to_rfc3339(SystemClock().now()), .machine = this_machine()};
    boost::asio::io_context context(1);
    comparison.is_interrupted = !play(context, match, comparison.runs);
    if (comparison.is_interrupted) {
        leave(comparison, options);
    }
    write_report(comparison, options);
}

} // namespace
} // namespace tandem::lab

int main(int argc, char** argv) {
    tandem::lab::Options options;
    CLI::App app("Plays the same sessions against both shops and compares them; ./tandem compare runs it.");
    app.add_option("--profile", options.profile, "The world: " + tandem::lab::profile_names());
    app.add_option("--rate", options.rates, "Sessions a second; repeatable")
        ->check(CLI::Range(0.1, 10'000.0));
    app.add_option("--payment-delay", options.payment_delays_ms, "What a payment takes, in ms; repeatable")
        ->check(CLI::Range(0, 2'500));
    app.add_option("--seconds", options.seconds, "Length of each run")->check(CLI::Range(1, 600));
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
