#include "libs/testing/rabbitmq_server.hpp"

#include "libs/kernel/uuid.hpp"
#include "libs/testing/child_process.hpp"

#include <cstdlib>
#include <curl/curl.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <pwd.h>
#include <random>
#include <stdexcept>
#include <thread>
#include <unistd.h>

namespace tandem::testing {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::string_view user = "ecommerce";
constexpr std::string_view password = "ecommerce123";
constexpr auto start_timeout = 120s;

void put(const std::string& url, const std::string& credentials, const std::string& body) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_USERPWD, credentials.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, "PUT");
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
    const CURLcode outcome = curl_easy_perform(curl.get());
    curl_slist_free_all(headers);
    if (outcome != CURLE_OK) {
        throw std::runtime_error(fmt::format("PUT {}: {}", url, curl_easy_strerror(outcome)));
    }
}

/// "amqp://user:password@host:port" of a broker that somebody else runs, cut into its parts.
struct Address {
    std::string credentials;
    std::string host;
    std::uint16_t port = 0;
};

Address parse_address(const std::string& url) {
    const auto begin = url.find("://");
    const auto at = url.rfind('@');
    const auto colon = url.rfind(':');
    if (begin == std::string::npos || at == std::string::npos || colon == std::string::npos || colon < at) {
        throw std::runtime_error("TANDEM_TEST_RABBITMQ_URL is not amqp://user:password@host:port");
    }
    return {url.substr(begin + 3, at - begin - 3),
            url.substr(at + 1, colon - at - 1),
            static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1)))};
}

void write_file(const fs::path& path, const std::string& text) {
    std::ofstream(path) << text;
}

} // namespace

struct RabbitmqServer::State {
    bool external = false;
    fs::path folder;
    Address address;
    std::uint16_t management = 0;
    std::uint16_t distribution = 0;
    std::uint16_t epmd_port = 0;
    std::vector<std::string> environment;
    std::optional<ChildProcess> epmd;
    std::optional<ChildProcess> broker;

    void prepare();
    void launch();
    void wait_until_it_answers();
};

void RabbitmqServer::State::prepare() {
    std::string pattern = (fs::temp_directory_path() / "tandem-rabbitmq-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot create a folder for RabbitMQ");
    }
    folder = pattern;
    address = {fmt::format("{}:{}", user, password), "127.0.0.1", free_port()};
    management = free_port();
    distribution = free_port();
    epmd_port = free_port();
    for (const char* name : {"home", "mnesia", "log"}) {
        fs::create_directory(folder / name);
    }
    write_file(folder / "home/.erlang.cookie", random_hex(10));
    fs::permissions(folder / "home/.erlang.cookie", fs::perms::owner_read);
    write_file(folder / "enabled_plugins", "[rabbitmq_management].\n");
    write_file(folder / "rabbitmq.conf",
               fmt::format("listeners.tcp.1 = 127.0.0.1:{}\n"
                           "management.tcp.ip = 127.0.0.1\n"
                           "management.tcp.port = {}\n"
                           "default_user = {}\n"
                           "default_pass = {}\n"
                           "vm_memory_high_watermark.absolute = 400MiB\n"
                           "disk_free_limit.absolute = 50MB\n"
                           "log.console = true\n"
                           "log.console.level = warning\n"
                           "log.file = false\n",
                           address.port,
                           management,
                           user,
                           password));
    give_to(folder, "rabbitmq");
    const auto variable = [&](std::string_view name, const auto& value) {
        environment.push_back(fmt::format("{}={}", name, value));
    };
    variable("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    variable("LANG", "C.UTF-8");
    variable("HOME", (folder / "home").string());
    // Makes the scripts exec, so that the pid we start is the broker's own.
    variable("RUNNING_UNDER_SYSTEMD", "true");
    variable("RABBITMQ_CONF_ENV_FILE", "/dev/null");
    variable("RABBITMQ_NODENAME", fmt::format("tandem{}@localhost", address.port));
    variable("RABBITMQ_CONFIG_FILE", (folder / "rabbitmq.conf").string());
    variable("RABBITMQ_ENABLED_PLUGINS_FILE", (folder / "enabled_plugins").string());
    variable("RABBITMQ_MNESIA_BASE", (folder / "mnesia").string());
    variable("RABBITMQ_LOG_BASE", (folder / "log").string());
    variable("RABBITMQ_LOGS", "-");
    variable("RABBITMQ_DIST_PORT", distribution);
    variable("ERL_EPMD_PORT", epmd_port);
    variable("ERL_EPMD_ADDRESS", "127.0.0.1");
    variable("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
             "-kernel inet_dist_use_interface {127,0,0,1} +sbwt none +sbwtdcpu none +sbwtdio none");
}

void RabbitmqServer::State::launch() {
    if (!epmd) {
        // Our own port mapper: the one that Erlang starts by itself would outlive the broker.
        epmd.emplace("rabbitmq",
                     std::vector<std::string>{"epmd", "-port", std::to_string(epmd_port)},
                     environment,
                     folder / "epmd.log");
    }
    broker.emplace("rabbitmq",
                   std::vector<std::string>{"/usr/lib/rabbitmq/bin/rabbitmq-server"},
                   environment,
                   folder / "broker.log");
    wait_until_it_answers();
}

void RabbitmqServer::State::wait_until_it_answers() {
    const auto deadline = std::chrono::steady_clock::now() + start_timeout;
    while (!port_answers(address.port)) {
        const bool late = std::chrono::steady_clock::now() > deadline;
        if (late || !broker->running()) {
            std::ifstream log(folder / "broker.log");
            const std::string text{std::istreambuf_iterator<char>(log), {}};
            throw std::runtime_error(
                fmt::format("RabbitMQ {}:\n{}", late ? "does not answer" : "ended at start", text));
        }
        std::this_thread::sleep_for(50ms);
    }
}

RabbitmqServer& RabbitmqServer::shared() {
    static RabbitmqServer server;
    return server;
}

RabbitmqServer::RabbitmqServer() : state_(std::make_unique<State>()) {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (const char* url = std::getenv("TANDEM_TEST_RABBITMQ_URL")) {
        const char* port = std::getenv("TANDEM_TEST_RABBITMQ_MANAGEMENT_PORT");
        state_->external = true;
        state_->address = parse_address(url);
        state_->management = static_cast<std::uint16_t>(port != nullptr ? std::stoi(port) : 15672);
        return;
    }
    state_->prepare();
    state_->launch();
}

RabbitmqServer::~RabbitmqServer() {
    state_->broker.reset();
    state_->epmd.reset();
    if (!state_->folder.empty()) {
        std::error_code ignored;
        fs::remove_all(state_->folder, ignored);
    }
}

std::string RabbitmqServer::new_vhost() {
    const std::string name = "test_" + random_hex(6);
    const std::string api = fmt::format("http://{}:{}/api", state_->address.host, state_->management);
    const std::string& credentials = state_->address.credentials;
    put(fmt::format("{}/vhosts/{}", api, name), credentials, "{}");
    put(fmt::format("{}/permissions/{}/{}", api, name, credentials.substr(0, credentials.find(':'))),
        credentials,
        R"({"configure":".*","write":".*","read":".*"})");
    return fmt::format("amqp://{}@{}:{}/{}", credentials, state_->address.host, state_->address.port, name);
}

std::uint16_t RabbitmqServer::management_port() const {
    return state_->management;
}

void RabbitmqServer::kill() {
    if (state_->external) {
        throw std::logic_error("a broker that TANDEM_TEST_RABBITMQ_URL names is not ours to kill");
    }
    state_->broker.reset();
}

void RabbitmqServer::start() {
    state_->launch();
}

} // namespace tandem::testing
