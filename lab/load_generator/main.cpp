#include "lab/load_generator/part_usage.hpp"
#include "lab/load_generator/shopping.hpp"

#include <boost/asio/co_spawn.hpp>

#include <CLI/CLI.hpp>
#include <ctime>
#include <fmt/format.h>
#include <fstream>

namespace tandem::lab {
namespace {

struct Options {
    std::string url = "http://127.0.0.1:9000";
    double rate_per_s = 50;
    int seconds = 20;
    int warm_up_s = 3;
    int customers = 20;
    std::string admin_email;
    std::string admin_password;
    std::vector<std::string> parts;
    std::string json_file;
    std::string promises_file;
};

double own_cpu_s() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

template <class T>
T required(Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message());
    }
    return *std::move(result);
}

Task<> play(Executor executor, Options options) {
    http::Client client(executor, {});
    ShopClient shop(executor, required(http::Endpoint::parse(options.url)));
    std::vector<Part> parts;
    for (const std::string& text : options.parts) {
        parts.push_back(required(Part::parse(text)));
    }

    fmt::print(stderr, "Preparing {} customers and a product ...\n", options.customers);
    std::vector<std::string> tokens;
    for (int i = 0; i < options.customers; ++i) {
        auto token = co_await shop.new_customer();
        tokens.push_back(std::move(token));
    }
    const std::string admin = co_await shop.sign_in(options.admin_email, options.admin_password);
    const std::int64_t product = co_await shop.new_product(admin);

    fmt::print(stderr, "Playing {} orders/s for {} s ...\n", options.rate_per_s, options.seconds);
    Findings findings{.rate_per_s = options.rate_per_s, .length_s = options.seconds};
    std::ofstream promises(options.promises_file); // without a name it takes nothing
    if (!options.promises_file.empty() && !promises) {
        throw std::runtime_error("cannot write " + options.promises_file);
    }
    Shopping shopping(executor, shop, std::move(tokens), product, promises);
    const Schedule schedule(Schedule::Clock::now(),
                            options.rate_per_s,
                            std::chrono::seconds(options.warm_up_s),
                            std::chrono::seconds(options.seconds));
    const auto before = co_await usage_now(client, parts);
    const double own_before_s = own_cpu_s();
    co_await shopping.run(schedule, findings);
    findings.generator_cpu_s = own_cpu_s() - own_before_s;
    const auto after = co_await usage_now(client, parts);
    findings.parts = used_between(before, after);

    fmt::print("{}", to_table(findings));
    if (!options.json_file.empty()) {
        std::ofstream(options.json_file) << to_json(findings) << '\n';
    }
}

int run(const Options& options) {
    boost::asio::io_context context(1);
    int exit_code = 0;
    const auto on_end = [&exit_code](std::exception_ptr failure) {
        try {
            if (failure) {
                std::rethrow_exception(failure);
            }
        } catch (const std::exception& error) {
            fmt::print(stderr, "load_generator: {}\n", error.what());
            exit_code = 1;
        }
    };
    boost::asio::co_spawn(context.get_executor(), play(context.get_executor(), options), on_end);
    context.run();
    return exit_code;
}

} // namespace
} // namespace tandem::lab

int main(int argc, char** argv) {
    tandem::lab::Options options;
    CLI::App app(
        "Plays checkouts on an open-loop schedule and reports when they were accepted and confirmed.");
    app.add_option("--url", options.url, "The shop: gateway or monolith")->capture_default_str();
    app.add_option("--rate", options.rate_per_s, "Orders per second")
        ->check(CLI::Range(0.1, 100'000.0))
        ->capture_default_str();
    app.add_option("--seconds", options.seconds, "Length, in seconds")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    app.add_option("--warm-up", options.warm_up_s, "Seconds before, not counted")
        ->check(CLI::Range(0, 600))
        ->capture_default_str();
    app.add_option("--customers", options.customers, "Customers that take turns")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    app.add_option("--admin-email", options.admin_email, "Creates the product to buy")
        ->envname("TANDEM_ADMIN_EMAIL")
        ->required();
    app.add_option("--admin-password", options.admin_password, "Its password")
        ->envname("TANDEM_ADMIN_PASSWORD")
        ->required();
    app.add_option(
        "--part", options.parts, "name=http://host:port whose CPU and memory to report; repeatable");
    app.add_option("--promises",
                   options.promises_file,
                   "Writes the accepted checkouts there, for ./tandem audit --promises");
    app.add_option("--json", options.json_file, "Writes all figures there");
    CLI11_PARSE(app, argc, argv);
    return tandem::lab::run(options);
}
