#include "lab/chaos/siege.hpp"
#include "lab/report/page.hpp"
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

constexpr int could_not_run = 2;
constexpr int interrupted = 130;

std::string variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
        throw std::runtime_error(name + " is not set: ./tandem chaos sets it");
    }
    return value;
}

void add_surroundings(SiegeOptions& options) {
    const std::string door =
        variable(options.architecture == "monolith" ? "TANDEM_MONOLITH_URL" : "TANDEM_GATEWAY_URL");
    const auto shop = http::Endpoint::parse(door);
    if (!shop) {
        throw std::runtime_error(shop.error().message());
    }
    options.shop = *shop;
    options.tandem = variable("TANDEM_COMMAND");
    options.provider_url = variable("TANDEM_PROVIDER_URL");
    options.broker_url = variable("TANDEM_RABBITMQ_API_URL");
    options.admin_email = variable("TANDEM_ADMIN_EMAIL");
    options.admin_password = variable("TANDEM_ADMIN_PASSWORD");
}

void write_file(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file);
    stream << text << '\n';
    if (!stream.flush()) {
        throw std::runtime_error("cannot write " + file.string());
    }
}

std::string message_of(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        return error.what();
    }
}

/// The event loop with a siege on it, until that has ended or somebody interrupts.
class Run {
public:
    explicit Run(const SiegeOptions& options)
        : signals_(context_, SIGINT, SIGTERM), siege_(context_.get_executor(), options) {}

    /// The exit code.
    int play(ChaosFindings& findings) {
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (!error) {
                interrupt();
            }
        });
        boost::asio::co_spawn(context_, siege_.run(findings), [this](std::exception_ptr failure) {
            if (!is_interrupted_) {
                end(failure, failure ? could_not_run : 0);
            }
        });
        context_.run();
        return exit_code_;
    }

private:
    void interrupt() {
        is_interrupted_ = true;
        fmt::print(stderr, "\nInterrupted: giving the shop back.\n");
        boost::asio::co_spawn(
            context_, siege_.give_up(), [this](std::exception_ptr failure) { end(failure, interrupted); });
    }

    void end(const std::exception_ptr& failure, int exit_code) {
        if (failure) {
            fmt::print(stderr, "chaos: {}\n", message_of(failure));
        }
        exit_code_ = exit_code;
        context_.stop();
    }

    boost::asio::io_context context_{1};
    boost::asio::signal_set signals_;
    Siege siege_;
    int exit_code_ = could_not_run;
    bool is_interrupted_ = false;
};

/// Customers are under way when it did not end by itself, and nobody waits for them: the process ends here.
[[noreturn]] void leave(int exit_code) {
    std::fflush(nullptr);
    std::_Exit(exit_code);
}

[[noreturn]] void run(SiegeOptions options, const std::filesystem::path& report) {
    add_surroundings(options);
    std::filesystem::create_directories(options.out);
    ChaosFindings findings{.architecture = options.architecture,
                           .seed = options.seed,
                           .rate_per_s = options.rate_per_s,
                           .length_s = options.length.count(),
                           .taken_at = to_rfc3339(SystemClock().now())};
    Run siege(options);
    if (const int failed = siege.play(findings); failed != 0) {
        leave(failed);
    }
    const std::string table = to_table(findings);
    fmt::print("{}", table);
    write_file(options.out / "chaos.txt", table);
    const std::string json = to_json(findings);
    write_file(options.out / "chaos.json", json);
    write_file(options.out / "report.html", page_of("chaos", json, report));
    leave(static_cast<int>(findings.verdict));
}

} // namespace
} // namespace tandem::lab

int main(int argc, char** argv) {
    tandem::lab::SiegeOptions options{.architecture = "microservices", .out = "chaos"};
    std::vector<std::string> parts;
    std::filesystem::path report = "lab/report";
    int seconds = 60;
    options.auditor = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "auditor";
    CLI::App app(
        "Breaks a running shop while customers buy, and has its laws checked; ./tandem chaos runs it.");
    app.add_option("--arch", options.architecture, "Whose door: microservices or monolith")
        ->check(CLI::IsMember({"microservices", "monolith"}));
    app.add_option("--seconds", seconds, "How long faults come")->check(CLI::Range(1, 86'400));
    app.add_option("--seed", options.seed, "Decides the faults and the errands");
    app.add_option("--rate", options.rate_per_s, "Checkouts a second")->check(CLI::Range(0.1, 1'000.0));
    app.add_option("--out", options.out, "Folder of promises, audit and reports");
    app.add_option("--report", report, "lab/report in the sources");
    app.add_option("--part", parts, "application|store|other|base:name; repeatable");
    app.add_flag("--planted-promise",
                 options.has_planted_promise,
                 "Writes down a promise that nobody made: the run must find it broken");
    CLI11_PARSE(app, argc, argv);
    try {
        options.length = std::chrono::seconds(seconds);
        for (const std::string& part : parts) {
            options.parts.add(part);
        }
        tandem::lab::run(std::move(options), report);
    } catch (const std::exception& error) {
        fmt::print(stderr, "chaos: {}\n", error.what());
        return tandem::lab::could_not_run;
    }
}
