#include "tools/tandem/files.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/storefront.hpp"

#include <fmt/format.h>

/// The shop's own programs and what each is told. Variables that a program documents in its
/// .env.example and that the person has set reach it too; what is computed here wins.
namespace tandem::local {
namespace {

using Settings = std::map<std::string, std::string>;

Settings chosen_by_the_person(const Shop& shop, const std::filesystem::path& folder) {
    Settings settings;
    const auto file = shop.root / folder / ".env.example";
    if (std::filesystem::exists(file)) {
        for (const auto& [name, example] : documented_variables(read_file(file))) {
            if (const std::string* value = shop.variables.find(name)) {
                settings.emplace(name, *value);
            }
        }
    }
    return settings;
}

/// Of a variable that the person may set, what holds when nobody has.
void unless_chosen(const Shop& shop, Settings& settings, const std::string& name, std::string value) {
    if (shop.variables.find(name) == nullptr) {
        settings.insert_or_assign(name, std::move(value));
    }
}

Part application(const Shop& shop,
                 const std::string& name,
                 const std::string& program,
                 const std::filesystem::path& folder,
                 Settings settings) {
    settings.insert_or_assign("HOST", "127.0.0.1");
    settings.insert_or_assign("PORT", std::to_string(shop.ports.of(name)));
    settings.merge(chosen_by_the_person(shop, folder));
    if (shop.has_flight_recorder()) {
        settings.emplace("OTEL_EXPORTER_OTLP_ENDPOINT", shop.web_address("flight-recorder"));
    }
    return {.name = name,
            .is_application = true,
            .command = {(shop.programs / program).string()},
            .environment = std::move(settings),
            .ports = {name},
            .probe = AnswersHttp{shop.web_address(name) + "/health/ready"},
            .program = shop.programs / program};
}

Part service(const Shop& shop, const std::string& name, Settings settings) {
    settings.emplace("JWKS_URL", shop.web_address("user-service") + "/.well-known/jwks.json");
    return application(shop,
                       name + "-service",
                       name + "_service",
                       std::filesystem::path("services") / name,
                       std::move(settings));
}

Settings database_and_broker(const Shop& shop, const std::string& name) {
    return {{"DATABASE_URL", shop.database_url(name)}, {"RABBITMQ_URL", shop.amqp_url()}};
}

Settings first_accounts(const Shop& shop) {
    return {{"ADMIN_EMAIL", shop.secrets.at("ADMIN_EMAIL")},
            {"ADMIN_PASSWORD", shop.secrets.at("ADMIN_PASSWORD")},
            {"SEED_TEST_USER", "true"}};
}

Part user(const Shop& shop) {
    Settings settings = database_and_broker(shop, "user");
    settings.merge(first_accounts(shop));
    settings.emplace("SIGNING_KEY_FILE", (shop.state / "keys" / "signing.pem").string());
    // The gateway's variable of this name says whom the gateway believes; here it is the gateway itself.
    settings.emplace("TRUSTED_PROXIES", "127.0.0.1,::1");
    return service(shop, "user", std::move(settings));
}

Part product(const Shop& shop) {
    Settings settings = database_and_broker(shop, "product");
    settings.emplace("SEED_CATALOG", "true");
    return service(shop, "product", std::move(settings));
}

Part cart(const Shop& shop) {
    Settings settings = database_and_broker(shop, "cart");
    settings.emplace("PRODUCT_URL", shop.web_address("product-service"));
    return service(shop, "cart", std::move(settings));
}

Part order(const Shop& shop) {
    Settings settings = database_and_broker(shop, "order");
    settings.emplace("CART_URL", shop.web_address("cart-service"));
    settings.emplace("PRODUCT_URL", shop.web_address("product-service"));
    return service(shop, "order", std::move(settings));
}

Part payment(const Shop& shop) {
    Settings settings = database_and_broker(shop, "payment");
    settings.emplace("PROVIDER_URL", shop.web_address("payment-provider"));
    return service(shop, "payment", std::move(settings));
}

Part email(const Shop& shop) {
    return service(shop, "email", {{"RABBITMQ_URL", shop.amqp_url()}, {"SMTP_URL", shop.smtp_url()}});
}

Part payment_provider(const Shop& shop) {
    return application(shop,
                       "payment-provider",
                       "payment_provider",
                       "payment-provider",
                       {{"LEDGER_FILE", (shop.state / "provider-ledger").string()}});
}

Part flight_recorder(const Shop& shop) {
    const auto keys_of = [&](const std::string& issuer) {
        return shop.web_address(issuer) + "/.well-known/jwks.json";
    };
    Settings settings{{"JWKS_URL", keys_of("user-service")},
                      {"MONOLITH_JWKS_URL", keys_of("monolith")},
                      // Spans about taking spans would never end.
                      {"OTEL_EXPORTER_OTLP_ENDPOINT", ""}};
    unless_chosen(shop, settings, "CORS_ORIGINS", storefront_origins(shop));
    return application(shop, "flight-recorder", "flight_recorder", "flight-recorder", std::move(settings));
}

Part gateway(const Shop& shop) {
    Settings settings{{"JWKS_URL", shop.web_address("user-service") + "/.well-known/jwks.json"},
                      {"REDIS_URL", shop.redis_url()}};
    unless_chosen(shop, settings, "CORS_ORIGINS", storefront_origins(shop));
    for (const char* name : {"order", "payment", "email", "product", "user", "cart"}) {
        settings.emplace(upper(name) + "_URLS", shop.web_address(fmt::format("{}-service", name)));
    }
    Part part = application(shop, "gateway", "gateway", "gateway", std::move(settings));
    part.probe = AnswersHttp{shop.web_address("gateway") + "/health"}; // 200 when it sees every service up
    return part;
}

Part monolith(const Shop& shop) {
    Settings settings = first_accounts(shop);
    settings.emplace("DATABASE_URL", shop.database_url("monolith"));
    settings.emplace("SIGNING_KEY_FILE", (shop.state / "keys" / "monolith-signing.pem").string());
    settings.emplace("SEED_CATALOG", "true");
    settings.emplace("PROVIDER_URL", shop.web_address("payment-provider"));
    settings.emplace("SMTP_URL", shop.smtp_url());
    unless_chosen(shop, settings, "CORS_ORIGINS", storefront_origins(shop));
    return application(shop, "monolith", "monolith", "monolith", std::move(settings));
}

} // namespace

std::vector<Part> application_parts(const Shop& shop) {
    std::vector<Part> parts{payment_provider(shop)};
    if (shop.has_flight_recorder()) {
        parts.push_back(flight_recorder(shop));
    }
    if (shop.has_microservices()) {
        for (const auto& part : {user, product, cart, order, payment, email, gateway}) {
            parts.push_back(part(shop));
        }
    }
    if (shop.has_monolith()) {
        parts.push_back(monolith(shop));
    }
    return parts;
}

} // namespace tandem::local
