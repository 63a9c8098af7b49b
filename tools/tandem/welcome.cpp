#include "tools/tandem/welcome.hpp"

#include "tools/tandem/files.hpp"

#include <fmt/format.h>

namespace tandem::local {

std::string welcome_text(const Shop& shop) {
    const std::string door = shop.web_address(shop.has_microservices() ? "gateway" : "monolith");
    std::string text;
    const auto row = [&](std::string_view what, std::string_view where, std::string_view note) {
        text += fmt::format("  {:<17} {:<32} {}\n", what, where, note);
    };
    row("storefront", shop.web_address("storefront"), "the shop in a browser");
    if (shop.has_microservices()) {
        row("microservices", shop.web_address("gateway"), "health: /health   API: /docs");
    }
    if (shop.has_monolith()) {
        row("monolith", shop.web_address("monolith"), "health: /health   API: /docs");
    }
    row("mails", shop.web_address("mail-ui"), fmt::format("SMTP on {}", shop.ports.of("mail")));
    if (shop.has_microservices()) {
        row("RabbitMQ",
            shop.web_address("rabbitmq-ui"),
            fmt::format("{} / {}", shop.secrets.at("RABBITMQ_USER"), shop.secrets.at("RABBITMQ_PASSWORD")));
    }
    row("payment provider", shop.web_address("payment-provider"), "ledger: /v1/ledger");
    if (shop.has_flight_recorder()) {
        row("flight recorder", shop.web_address("flight-recorder"), "an order's spans: /orders/{id}/flight");
    }
    if (shop.has_microservices()) {
        row("databases", "./tandem psql order", "also payment, product, user, cart");
    }
    if (shop.has_monolith()) {
        row("one database", "./tandem psql monolith", "");
    }
    text += "\n";
    row("customer", "paintest@example.com", "password123");
    row("administrator", shop.secrets.at("ADMIN_EMAIL"), shop.secrets.at("ADMIN_PASSWORD"));
    text += fmt::format("\nTry it:\n  curl -s {}/api/products\n"
                        "  curl -s {}/api/auth/login -H 'Content-Type: application/json' \\\n"
                        "       -d '{{\"email\":\"paintest@example.com\",\"password\":\"password123\"}}'\n"
                        "Then: ./tandem status, ./tandem logs, ./tandem down",
                        door,
                        door);
    return text;
}

void write_shop_file(const Shop& shop) {
    std::string text;
    for (const auto& [name, value] : shop_environment(shop)) {
        text += fmt::format("{}={}\n", name, value);
    }
    write_file(shop.state / "shop.env", text, 0600);
}

} // namespace tandem::local
