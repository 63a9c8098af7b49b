#include "tools/tandem/ports.hpp"

#include "tools/tandem/problem.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace tandem::local {
namespace {

constexpr int port_most = 32'767;

constexpr std::array entries{
    PortEntry{"gateway", "GATEWAY_PORT", 9000, "API gateway: the shop's public door"},
    PortEntry{"monolith", "MONOLITH_PORT", 8000, "the shop in one process"},
    PortEntry{"storefront", "STOREFRONT_PORT", 3000, "storefront: the shop in a browser"},
    PortEntry{"order-service", "ORDER_SERVICE_PORT", 8001, "order service"},
    PortEntry{"payment-service", "PAYMENT_SERVICE_PORT", 8002, "payment service"},
    PortEntry{"email-service", "EMAIL_SERVICE_PORT", 8003, "email service"},
    PortEntry{"product-service", "PRODUCT_SERVICE_PORT", 8004, "product service"},
    PortEntry{"user-service", "USER_SERVICE_PORT", 8005, "user service"},
    PortEntry{"cart-service", "CART_SERVICE_PORT", 8006, "cart service"},
    PortEntry{"payment-provider", "PAYMENT_PROVIDER_PORT", 8100, "simulated card network"},
    PortEntry{"flight-recorder", "FLIGHT_RECORDER_PORT", 4318, "flight recorder, OTLP/HTTP"},
    PortEntry{"monolith-db", "MONOLITH_DB_PORT", 5432, "PostgreSQL of the monolith"},
    PortEntry{"order-db", "ORDER_DB_PORT", 5433, "PostgreSQL of the order service"},
    PortEntry{"payment-db", "PAYMENT_DB_PORT", 5434, "PostgreSQL of the payment service"},
    PortEntry{"product-db", "PRODUCT_DB_PORT", 5435, "PostgreSQL of the product service"},
    PortEntry{"user-db", "USER_DB_PORT", 5436, "PostgreSQL of the user service"},
    PortEntry{"cart-db", "CART_DB_PORT", 5437, "PostgreSQL of the cart service"},
    PortEntry{"rabbitmq", "RABBITMQ_PORT", 5672, "RabbitMQ, AMQP"},
    PortEntry{"rabbitmq-ui", "RABBITMQ_UI_PORT", 15672, "RabbitMQ, management in a browser"},
    PortEntry{"rabbitmq-metrics", "RABBITMQ_METRICS_PORT", 15692, "RabbitMQ, Prometheus metrics"},
    PortEntry{"rabbitmq-dist", "RABBITMQ_DIST_PORT", 15682, "RabbitMQ, Erlang distribution"},
    PortEntry{"epmd", "RABBITMQ_EPMD_PORT", 15683, "RabbitMQ, Erlang port mapper"},
    PortEntry{"redis", "REDIS_PORT", 6379, "Redis"},
    PortEntry{"mail", "MAIL_SMTP_PORT", 1026, "mail catcher, SMTP"},
    PortEntry{"mail-ui", "MAIL_UI_PORT", 8026, "mail catcher, in a browser"},
};

const PortEntry& entry(const std::string& key) {
    const auto* found = std::ranges::find(entries, key, [](const PortEntry& each) { return each.key; });
    if (found == entries.end()) {
        throw std::logic_error("no port is called " + key);
    }
    return *found;
}

} // namespace

std::span<const PortEntry> port_entries() {
    return entries;
}

Ports::Ports(const Variables& variables) {
    const int offset = variables.integer("TANDEM_PORT_OFFSET", 0, 0, port_most);
    std::map<int, std::string> taken;
    for (const PortEntry& each : entries) {
        const int port = variables.integer(each.variable, each.standard, 1, port_most) + offset;
        if (port > port_most) {
            give_up(
                "{} + TANDEM_PORT_OFFSET = {}: ports must stay below {}", each.variable, port, port_most + 1);
        }
        const auto [other, is_new] = taken.emplace(port, each.variable);
        if (!is_new) {
            give_up("{} and {} are both port {}", other->second, each.variable, port);
        }
        ports_.emplace(each.key, static_cast<std::uint16_t>(port));
    }
}

std::uint16_t Ports::of(const std::string& key) const {
    return ports_.at(entry(key).key);
}

std::string Ports::variable(const std::string& key) {
    return entry(key).variable;
}

} // namespace tandem::local
