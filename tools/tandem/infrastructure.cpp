#include "tools/tandem/storefront.hpp"

#include <fmt/format.h>

/// The bought parts: PostgreSQL, RabbitMQ, Redis, the mail catcher and nginx, each configured for
/// durability first and a small machine second.
namespace tandem::local {
namespace {

constexpr auto postgres_programs = "/usr/lib/postgresql/15/bin";
constexpr auto rabbitmq_programs = "/usr/lib/rabbitmq/bin";

constexpr auto postgres_configuration = R"(listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = scram-sha-256
max_connections = 60
shared_buffers = 64MB
effective_cache_size = 512MB
work_mem = 4MB
maintenance_work_mem = 32MB
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = on
min_wal_size = 64MB
max_wal_size = 512MB
checkpoint_timeout = 15min
max_worker_processes = 4
max_parallel_workers_per_gather = 0
autovacuum_max_workers = 2
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %q%u@%d '
log_min_duration_statement = 500
# What customers have typed stays out of the logs: an error's DETAIL and a statement's parameters hold it.
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
idle_in_transaction_session_timeout = 60s
)";

Part postgres(const Shop& shop, const std::string& service) {
    const std::string name = service + "-db";
    const std::string file = name + ".conf";
    const std::uint16_t port = shop.ports.of(name);
    return {.name = name,
            .user = "postgres",
            .command = {fmt::format("{}/postgres", postgres_programs),
                        "-D",
                        (shop.state / "postgres" / service).string(),
                        "-c",
                        "config_file=" + (shop.state / "etc" / file).string(),
                        "-p",
                        std::to_string(port)},
            .ports = {name},
            .probe = AnswersPostgres{port},
            .configuration = {{file, postgres_configuration}},
            .stop_signal = "INT",
            .stop_wait_s = 30,
            .database = service};
}

Part epmd(const Shop& shop) {
    return {.name = "epmd",
            .user = "rabbitmq",
            .command = {"epmd", "-port", std::to_string(shop.ports.of("epmd")), "-address", "127.0.0.1"},
            .ports = {"epmd"},
            .probe = AnswersTcp{.port = shop.ports.of("epmd")}};
}

std::string rabbitmq_configuration(const Shop& shop) {
    return fmt::format("listeners.tcp.1 = 127.0.0.1:{}\n"
                       "management.tcp.ip = 127.0.0.1\n"
                       "management.tcp.port = {}\n"
                       "prometheus.tcp.ip = 127.0.0.1\n"
                       "prometheus.tcp.port = {}\n"
                       "default_user = {}\n"
                       "default_pass = {}\n"
                       "default_user_tags.administrator = true\n"
                       "log.console = true\n"
                       "log.console.level = info\n"
                       "log.file = false\n"
                       "vm_memory_high_watermark.absolute = 512MiB\n"
                       "disk_free_limit.absolute = 200MB\n"
                       "collect_statistics_interval = 10000\n",
                       shop.ports.of("rabbitmq"),
                       shop.ports.of("rabbitmq-ui"),
                       shop.ports.of("rabbitmq-metrics"),
                       shop.secrets.at("RABBITMQ_USER"),
                       shop.secrets.at("RABBITMQ_PASSWORD"));
}

std::map<std::string, std::string> rabbitmq_environment(const Shop& shop) {
    const std::string folder = (shop.state / "rabbitmq").string();
    const std::string etc = (shop.state / "etc").string();
    return {{"HOME", folder},
            {"RUNNING_UNDER_SYSTEMD", "true"}, // exec: the supervised pid is the Erlang VM itself
            {"RABBITMQ_CONF_ENV_FILE", "/dev/null"},
            {"RABBITMQ_NODENAME", "tandem@localhost"},
            {"RABBITMQ_CONFIG_FILE", etc + "/rabbitmq.conf"},
            {"RABBITMQ_ENABLED_PLUGINS_FILE", etc + "/rabbitmq-plugins"},
            {"RABBITMQ_MNESIA_BASE", folder + "/mnesia"},
            {"RABBITMQ_LOG_BASE", folder + "/log"},
            {"RABBITMQ_LOGS", "-"},
            {"RABBITMQ_DIST_PORT", std::to_string(shop.ports.of("rabbitmq-dist"))},
            {"ERL_EPMD_PORT", std::to_string(shop.ports.of("epmd"))},
            {"ERL_EPMD_ADDRESS", "127.0.0.1"},
            {"RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
             "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none"}};
}

Part rabbitmq(const Shop& shop) {
    return {.name = "rabbitmq",
            .user = "rabbitmq",
            .command = {fmt::format("{}/rabbitmq-server", rabbitmq_programs)},
            .environment = rabbitmq_environment(shop),
            .ports = {"rabbitmq", "rabbitmq-ui", "rabbitmq-metrics", "rabbitmq-dist"},
            .probe = AnswersTcp{.port = shop.ports.of("rabbitmq"),
                                .send = std::string("AMQP\0\0\x09\x01", 8),
                                .expect = std::string("\x01", 1)},
            .configuration = {{"rabbitmq.conf", rabbitmq_configuration(shop)},
                              {"rabbitmq-plugins", "[rabbitmq_management,rabbitmq_prometheus].\n"}},
            .stop_wait_s = 60};
}

Part redis(const Shop& shop) {
    const std::string& password = shop.secrets.at("REDIS_PASSWORD");
    const std::string configuration =
        fmt::format("bind 127.0.0.1\nport {}\nrequirepass {}\ndir {}\n"
                    "daemonize no\nappendonly yes\nmaxmemory 64mb\n"
                    "proc-title-template \"{{title}} {{listen-addr}} {{config-file}}\"\n",
                    shop.ports.of("redis"),
                    password,
                    (shop.state / "redis").string());
    return {.name = "redis",
            .user = "redis",
            .command = {"redis-server", (shop.state / "etc" / "redis.conf").string()},
            .ports = {"redis"},
            .probe = AnswersTcp{.port = shop.ports.of("redis"),
                                .send = fmt::format("AUTH {}\r\nPING\r\n", password),
                                .expect = "+OK\r\n+PONG"},
            .configuration = {{"redis.conf", configuration}}};
}

Part mail(const Shop& shop) {
    return {.name = "mail",
            .command = {"node",
                        (shop.root / "tools/mail-catcher/node_modules/maildev/dist/bin/maildev.js").string(),
                        "--smtp",
                        std::to_string(shop.ports.of("mail")),
                        "--ip",
                        "127.0.0.1",
                        "--web",
                        std::to_string(shop.ports.of("mail-ui")),
                        "--web-ip",
                        "127.0.0.1",
                        "--max-emails",
                        "1000",
                        "--mail-directory",
                        (shop.state / "mail").string(),
                        "--silent"},
            .ports = {"mail", "mail-ui"},
            .probe = AnswersHttp{shop.web_address("mail-ui") + "/api/healthz"}};
}

} // namespace

std::vector<Part> infrastructure_parts(const Shop& shop) {
    std::vector<Part> parts;
    for (const std::string_view service : database_services) {
        if (service == "monolith" ? shop.has_monolith() : shop.has_microservices()) {
            parts.push_back(postgres(shop, std::string(service)));
        }
    }
    if (shop.has_microservices()) {
        parts.push_back(epmd(shop));
        parts.push_back(rabbitmq(shop));
        parts.push_back(redis(shop));
    }
    parts.push_back(mail(shop));
    parts.push_back(storefront(shop));
    return parts;
}

} // namespace tandem::local
