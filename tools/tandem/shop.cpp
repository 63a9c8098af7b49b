#include "tools/tandem/shop.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/secrets.hpp"
#include "tools/tandem/state_folder.hpp"
#include "tools/tandem/variables.hpp"

#include <algorithm>
#include <cstdlib>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

fs::path state_folder(const Variables& variables, const fs::path& root) {
    const std::string* chosen = variables.find("TANDEM_STATE");
    fs::path state = chosen == nullptr || chosen->empty() ? root / ".tandem" / "shop" : root / *chosen;
    state = state.lexically_normal();
    // supervisord binds "<socket>.<pid>" and renames it.
    const std::size_t socket_size = (state / "supervisor.sock.1234567").string().size();
    if (socket_size >= sizeof(sockaddr_un::sun_path)) {
        give_up("{} is too long a path for a Unix socket: set TANDEM_STATE to a folder with a shorter one",
                state.string());
    }
    return state;
}

constexpr std::array architectures{Architecture::both, Architecture::microservices, Architecture::monolith};

Architecture parse_architecture(const std::string& word) {
    const auto* found = std::ranges::find(
        architectures, word, [](Architecture each) { return std::string(to_string(each)); });
    if (found == architectures.end()) {
        give_up("there is no architecture '{}': both, microservices or monolith", word);
    }
    return *found;
}

/// What `up` was told last.
Architecture running_architecture(const fs::path& state) {
    const fs::path file = state / "architecture";
    return fs::exists(file) ? parse_architecture(read_file(file)) : Architecture::both;
}

std::string rabbitmq_api_url(const Shop& shop) {
    return fmt::format("http://{}:{}@127.0.0.1:{}",
                       shop.secrets.at("RABBITMQ_USER"),
                       shop.secrets.at("RABBITMQ_PASSWORD"),
                       shop.ports.of("rabbitmq-ui"));
}

} // namespace

std::string_view to_string(Architecture architecture) {
    switch (architecture) {
    case Architecture::both:
        return "both";
    case Architecture::microservices:
        return "microservices";
    case Architecture::monolith:
        return "monolith";
    }
    std::unreachable();
}

bool Shop::has_flight_recorder() const {
    const std::string word = variables.text("TANDEM_FLIGHT_RECORDER", "on");
    if (word != "on" && word != "off") {
        give_up("TANDEM_FLIGHT_RECORDER='{}' is neither on nor off", word);
    }
    return word == "on";
}

std::string Shop::web_address(const std::string& port_key) const {
    return fmt::format("http://127.0.0.1:{}", ports.of(port_key));
}

std::string Shop::database_url(const std::string& service) const {
    return fmt::format("postgresql://{0}_service:{1}@127.0.0.1:{2}/{0}_db",
                       service,
                       database_password(service),
                       ports.of(service + "-db"));
}

std::string Shop::database_address(const std::string& service) const {
    return fmt::format("postgresql://{0}_service@127.0.0.1:{1}/{0}_db", service, ports.of(service + "-db"));
}

std::string Shop::database_password(const std::string& service) const {
    return secrets.at(upper(service) + "_DB_PASSWORD");
}

std::string Shop::amqp_url() const {
    return fmt::format("amqp://{}:{}@127.0.0.1:{}", // no path: the vhost "/"
                       secrets.at("RABBITMQ_USER"),
                       secrets.at("RABBITMQ_PASSWORD"),
                       ports.of("rabbitmq"));
}

std::string Shop::redis_url() const {
    return fmt::format("redis://:{}@127.0.0.1:{}", secrets.at("REDIS_PASSWORD"), ports.of("redis"));
}

std::string Shop::smtp_url() const {
    return fmt::format("smtp://127.0.0.1:{}", ports.of("mail"));
}

Shop read_shop() {
    const char* named = std::getenv("TANDEM_ROOT");
    const fs::path root = fs::absolute(named == nullptr ? "." : named).lexically_normal();
    if (!fs::exists(root / "tools" / "mail-catcher")) {
        give_up("{} is no clone of Tandem: run ./tandem there, or set TANDEM_ROOT", root.string());
    }
    Variables variables = read_variables(root);
    Ports ports(variables);
    fs::path state = state_folder(variables, root);
    std::map<std::string, std::string> secrets = read_secrets(state);
    const Architecture architecture = running_architecture(state);
    return Shop{root,
                fs::read_symlink("/proc/self/exe").parent_path(),
                std::move(state),
                std::move(variables),
                std::move(ports),
                std::move(secrets),
                architecture};
}

Shop prepare_shop(const std::string& architecture) {
    Shop shop = read_shop();
    refuse_foreign_folder(shop.state);
    fs::create_directories(shop.state);
    shop.secrets = complete_secrets(shop.state, shop.variables); // first: they mark the folder as a shop's
    shop.architecture =
        parse_architecture(architecture.empty() ? shop.variables.text("TANDEM_ARCH", "both") : architecture);
    for (const char* folder :
         {"logs", "keys", "rabbitmq", "redis", "mail", "postgres", "storefront", "etc"}) {
        fs::create_directories(shop.state / folder);
    }
    // As root, PostgreSQL, RabbitMQ and Redis pass through as users of their own.
    fs::permissions(shop.state,
                    ::geteuid() == 0 ? fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec
                                     : fs::perms::owner_all);
    fs::permissions(shop.state / "keys", fs::perms::owner_all);
    write_file(shop.state / "architecture", std::string(to_string(shop.architecture)), 0600);
    return shop;
}

std::map<std::string, std::string> shop_environment(const Shop& shop) {
    std::map<std::string, std::string> all{
        {"TANDEM_ROOT", shop.root.string()},
        {"TANDEM_STATE", shop.state.string()},
        {"TANDEM_COMMAND", (shop.programs / "tandem").string()},
        {"TANDEM_ARCH", std::string(to_string(shop.architecture))},
        {"TANDEM_PORT_OFFSET", shop.variables.text("TANDEM_PORT_OFFSET", "0")},
        {"TANDEM_GATEWAY_URL", shop.web_address("gateway")},
        {"TANDEM_MONOLITH_URL", shop.web_address("monolith")},
        {"TANDEM_STOREFRONT_URL", shop.web_address("storefront")},
        {"TANDEM_PROVIDER_URL", shop.web_address("payment-provider")},
        {"TANDEM_FLIGHT_RECORDER_URL", shop.web_address("flight-recorder")},
        {"TANDEM_MAIL_URL", shop.web_address("mail-ui")},
        {"TANDEM_SMTP_URL", shop.smtp_url()},
        {"TANDEM_RABBITMQ_URL", shop.amqp_url()},
        {"TANDEM_RABBITMQ_API_URL", rabbitmq_api_url(shop)},
        {"TANDEM_REDIS_URL", shop.redis_url()},
        {"TANDEM_TEST_EMAIL", "paintest@example.com"},
        {"TANDEM_TEST_PASSWORD", "password123"},
        {"TANDEM_ADMIN_EMAIL", shop.secrets.at("ADMIN_EMAIL")},
        {"TANDEM_ADMIN_PASSWORD", shop.secrets.at("ADMIN_PASSWORD")},
    };
    if (const char* file = std::getenv("TANDEM_ENV_FILE")) {
        all.emplace("TANDEM_ENV_FILE", file);
    }
    for (const char* service : {"order", "payment", "email", "product", "user", "cart"}) {
        all.emplace("TANDEM_" + upper(service) + "_URL",
                    shop.web_address(fmt::format("{}-service", service)));
    }
    for (const char* service : database_services) {
        all.emplace("TANDEM_" + upper(service) + "_DATABASE_URL", shop.database_url(service));
    }
    return all;
}

} // namespace tandem::local
