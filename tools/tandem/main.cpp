#include "tools/tandem/commands.hpp"
#include "tools/tandem/problem.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace {

using namespace tandem::local;

void add_compare(CLI::App& app, CompareOptions& options, int& exit_code) {
    auto* command = app.add_subcommand("compare", "Measure both shops side by side, and write a report");
    command->add_option("--profile", options.profile, "The world around them: see lab/compare/README.md")
        ->check(
            CLI::IsMember({"default", "fast", "contention", "payment-outage", "mail-outage", "break-even"}))
        ->capture_default_str();
    command
        ->add_option(
            "--rate", options.rates, "Sessions a second (contention: at once); several are played in turn")
        ->check(CLI::Range(0.1, 10'000.0));
    command
        ->add_option("--payment-delay",
                     options.payment_delays_ms,
                     "What a payment takes, ms; several are played in turn, for a break-even")
        ->check(CLI::Range(0, 2'500));
    command->add_option("--seconds", options.seconds, "Length of each run; default: the profile's own")
        ->check(CLI::Range(1, 600));
    command->add_option("--out", options.out, "Folder of the report; default: build/compare/<profile>");
    command->callback([&] { exit_code = compare(options); });
}

void add_audit(CLI::App& app, AuditOptions& options, int& exit_code) {
    auto* command = app.add_subcommand("audit", "Check the laws of the shop over all that it holds");
    command->add_option("--arch", options.architecture, "microservices, monolith or both; default: what runs")
        ->check(CLI::IsMember({"microservices", "monolith", "both"}));
    command->add_option("--wait-ms", options.wait_ms, "Wait so long for the shop to come to rest")
        ->check(CLI::Range(0, 3'600'000));
    command->add_option(
        "--promises", options.promises, "Accepted checkouts, JSON lines: lab/auditor/README.md");
    command->add_option("--poison", options.poison, "Messages that were injected to be given up")
        ->check(CLI::Range(0, 1'000'000));
    command->add_flag("--json", options.json, "For programs");
    command->callback([&] { exit_code = audit(read_shop(), options); });
}

void add_chaos(CLI::App& app, ChaosOptions& options, int& exit_code) {
    auto* command = app.add_subcommand("chaos", "Break parts while customers buy, then check the laws");
    command->add_option("--arch", options.architecture, "Whose door the customers use")
        ->check(CLI::IsMember({"microservices", "monolith"}))
        ->capture_default_str();
    auto* seconds = command->add_option("--seconds", options.seconds, "How long faults come")
                        ->check(CLI::Range(1, 86'400))
                        ->capture_default_str();
    command
        ->add_option_function<int>(
            "--minutes", [&options](int minutes) { options.seconds = 60 * minutes; }, "The same in minutes")
        ->check(CLI::Range(1, 1'440))
        ->excludes(seconds);
    command->add_option("--seed", options.seed, "The same seed makes the same plan of faults")
        ->capture_default_str();
    command->add_option("--rate", options.rate_per_s, "Checkouts a second")
        ->check(CLI::Range(0.1, 1'000.0))
        ->capture_default_str();
    command->add_option(
        "--out", options.out, "Folder of the report; default: build/chaos/<architecture>-<seed>");
    command->add_flag("--planted-promise",
                      options.has_planted_promise,
                      "Note a promise that nobody made, to see the run fail");
    command->callback([&] { exit_code = chaos(options); });
}

/// Those that concern one part.
void add_part_commands(CLI::App& app, std::string& part, bool& flag, int& exit_code) {
    auto* logs_command = app.add_subcommand("logs", "The log of a part, or the ends of all");
    logs_command->add_option("part", part, "As in status; also supervisord");
    logs_command->add_flag("-f,--follow", flag, "Stay and follow");
    logs_command->callback([&] { exit_code = logs(read_shop(), part, flag); });
    auto* restart_command = app.add_subcommand("restart", "Restart a part and wait until it is ready");
    restart_command->add_option("part", part, "As in status")->required();
    restart_command->callback([&] { exit_code = restart(read_shop(), part); });
    auto* start_command = app.add_subcommand("start", "Start a part that was stopped, and wait for it");
    start_command->add_option("part", part, "As in status")->required();
    start_command->callback([&] { exit_code = start_part(read_shop(), part); });
    auto* stop_command = app.add_subcommand("stop", "Stop a part, to see what the others do without it");
    stop_command->add_option("part", part, "As in status")->required();
    stop_command->add_flag("--at-once", flag, "Kill it, as a crash would");
    stop_command->callback(
        [&] { exit_code = stop_part(read_shop(), part, flag ? Stopping::at_once : Stopping::gently); });
    auto* pid_command = app.add_subcommand("pid", "The process id of a part, for scripts");
    pid_command->add_option("part", part, "As in status")->required();
    pid_command->callback([&] { exit_code = print_pid(read_shop(), part); });
}

int run(int argc, char** argv) {
    CLI::App app("Tandem: one shop, as microservices and as a monolith, on this machine.", "./tandem");
    app.require_subcommand(1);
    app.footer("./tandem build VARIANT TARGET... builds without running: release, debug, asan or tsan.");
    app.set_help_all_flag("--help-all", "Help of every command");
    int exit_code = 0;
    std::string part;
    std::vector<std::string> arguments;
    bool flag = false;

    std::string architecture;
    const CLI::IsMember one_of_both({"microservices", "monolith", "both"});
    auto* up_command = app.add_subcommand("up", "Install, build and start everything; returns when ready");
    up_command->add_option("--arch", architecture, "microservices, monolith or both (default)")
        ->check(one_of_both);
    up_command->callback([&] { exit_code = up(prepare_shop(architecture)); });
    auto* down_command = app.add_subcommand("down", "Stop everything");
    down_command->callback([&] { exit_code = down(read_shop()); });
    auto* status_command = app.add_subcommand("status", "A table of the parts");
    status_command->callback([&] { exit_code = status(read_shop()); });

    add_part_commands(app, part, flag, exit_code);
    auto* psql_command = app.add_subcommand("psql", "Open a service's database");
    psql_command->add_option("service", part, "order, payment, product, user, cart or monolith")->required();
    psql_command->prefix_command();
    psql_command->callback([&] { exit_code = psql(read_shop(), part, psql_command->remaining()); });
    auto* measure_command =
        app.add_subcommand("measure", "Play checkouts on an open-loop schedule and report");
    measure_command->prefix_command();
    measure_command->callback([&] { exit_code = measure(read_shop(), measure_command->remaining()); });
    auto* simulate_command =
        app.add_subcommand("simulate", "Orders in a simulated shop where much goes wrong, by seed");
    simulate_command->prefix_command()->set_help_flag(); // its own help tells more
    simulate_command->callback([&] { exit_code = simulate(read_shop(), simulate_command->remaining()); });
    auto* dev_command = app.add_subcommand("dev", "Serve a part from its sources, renewed at every change");
    dev_command->add_option("part", part, "frontend")->required()->check(CLI::IsMember({"frontend"}));
    dev_command->callback([&] { exit_code = develop_storefront(read_shop()); });
    CompareOptions comparison;
    add_compare(app, comparison, exit_code);
    AuditOptions auditing;
    add_audit(app, auditing, exit_code);
    ChaosOptions breaking;
    add_chaos(app, breaking, exit_code);
    auto* reset_command = app.add_subcommand("reset", "Throw the state away and start with fresh seed data");
    reset_command->add_flag("--yes", flag, "Do not ask");
    reset_command->add_option("--arch", architecture, "As for up")->check(one_of_both);
    reset_command->callback([&] {
        exit_code = reset(read_shop(), flag);
        exit_code = exit_code == 0 ? up(prepare_shop(architecture)) : exit_code;
    });
    std::string action = "list";
    auto* letters_command =
        app.add_subcommand("dead-letters", "Messages that were given up: look at them, or try again");
    letters_command->add_option("queue", part, "For instance email_service_queue")->required();
    letters_command->add_option("action", action, "list or replay")->check(CLI::IsMember({"list", "replay"}));
    letters_command->callback([&] { exit_code = dead_letters(read_shop(), part, action); });

    std::string kind = "all";
    auto* test_command = app.add_subcommand("test", "Install, build and run tests");
    test_command->add_option("kind", kind, "Default: all")
        ->check(CLI::IsMember({"unit",
                               "simulation",
                               "integration",
                               "contract",
                               "security",
                               "equivalence",
                               "flow",
                               "storefront",
                               "fault",
                               "sanitize",
                               "all"}));
    test_command->callback([&] { exit_code = test(read_shop(), kind); });
    std::string base = "HEAD";
    auto* tidy_command = app.add_subcommand("tidy", "clang-tidy over changed sources");
    tidy_command->add_flag("--all", flag, "Over every source (takes long)");
    tidy_command->add_option("--base", base, "The commit to compare with; default: HEAD");
    tidy_command->callback([&] { exit_code = tidy(read_shop(), flag, base); });

    std::string topic;
    auto* help_command = app.add_subcommand("help", "This text; with `variables`: the table of all settings");
    help_command->add_option("topic", topic)->check(CLI::IsMember({"variables"}));
    help_command->callback([&] {
        if (topic == "variables") {
            exit_code = print_variables(read_shop());
            return;
        }
        app.clear(); // else it would be the help of `help`
        std::puts(app.help().c_str());
    });

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return exit_code;
}

} // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const Problem& problem) {
        std::fflush(stdout);
        fmt::print(stderr, "tandem: {}\n", problem.what());
        return 1;
    }
}
