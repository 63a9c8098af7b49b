#include "tools/tandem/storefront.hpp"

#include "tools/tandem/commands.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tandem::local {
namespace {

/// One process, so that killing it leaves no worker on the port. {{ and }} are fmt's.
constexpr auto nginx_configuration = R"(daemon off;
master_process off;
pid "{state}/storefront/nginx.pid";
error_log stderr warn;
events {{ worker_connections 512; }}
http {{
    include /etc/nginx/mime.types;
    charset utf-8;
    access_log off;
    server_tokens off;
    sendfile on;
    gzip on;
    gzip_static on;
    client_max_body_size 1k;
    client_body_temp_path "{state}/storefront/body";
    proxy_temp_path "{state}/storefront/proxy";
    fastcgi_temp_path "{state}/storefront/fastcgi";
    uwsgi_temp_path "{state}/storefront/uwsgi";
    scgi_temp_path "{state}/storefront/scgi";
    server {{
        listen 127.0.0.1:{port};
        root "{page}";
        add_header X-Content-Type-Options nosniff always;
        add_header Referrer-Policy same-origin always;
        add_header Cross-Origin-Opener-Policy same-origin always;
        add_header Content-Security-Policy "{policy}" always;
        add_header Cache-Control $caching always;
        set $caching no-cache;
        location / {{
            ssi on;
            try_files $uri /index.html;
        }}
        location /assets/ {{
            set $caching "public, max-age=31536000, immutable";
            try_files $uri =404;
        }}
        location /img/ {{
            set $caching "public, max-age=86400";
            try_files $uri =404;
        }}
        location = /settings.json {{
            internal;
            alias "{state}/etc/storefront.json";
        }}
        location = /health {{
            return 200;
        }}
    }}
}}
)";

/// Whom the page may call.
std::vector<std::string> callable(const Shop& shop) {
    std::vector<std::string> addresses;
    if (shop.has_microservices()) {
        addresses.push_back(shop.web_address("gateway"));
    }
    if (shop.has_monolith()) {
        addresses.push_back(shop.web_address("monolith"));
    }
    if (shop.has_flight_recorder()) {
        addresses.push_back(shop.web_address("flight-recorder"));
    }
    return addresses;
}

/// Styles may stand in the page since the component library writes its variables there. A product's picture
/// may come from anywhere: an administrator names its address.
std::string content_policy(const Shop& shop) {
    return fmt::format("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                       "img-src 'self' data: http: https:; font-src 'self'; connect-src 'self' {}; "
                       "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
                       fmt::join(callable(shop), " "));
}

std::string address_or_null(const Shop& shop, bool runs, const std::string& port_key) {
    return runs ? fmt::format("\"{}\"", shop.web_address(port_key)) : "null";
}

/// Beside the built one, so that both can be looked at.
int development_port(const Shop& shop) {
    return shop.ports.of("storefront") + 1;
}

} // namespace

std::string storefront_settings(const Shop& shop) {
    return fmt::format(R"({{"microservices":{},"monolith":{},"flight_recorder":{},"mails":"{}",)"
                       R"("test_user":{{"email":"paintest@example.com","password":"password123"}}}})",
                       address_or_null(shop, shop.has_microservices(), "gateway"),
                       address_or_null(shop, shop.has_monolith(), "monolith"),
                       address_or_null(shop, shop.has_flight_recorder(), "flight-recorder"),
                       shop.web_address("mail-ui"));
}

std::string storefront_origins(const Shop& shop) {
    return fmt::format("http://localhost:{0},http://127.0.0.1:{0},http://localhost:{1},http://127.0.0.1:{1}",
                       shop.ports.of("storefront"),
                       development_port(shop));
}

int develop_storefront(const Shop& shop) {
    become({.arguments = {"npm", "run", "--silent", "dev"},
            .environment = {{"TANDEM_SETTINGS", storefront_settings(shop)},
                            {"STOREFRONT_DEV_PORT", std::to_string(development_port(shop))}},
            .directory = shop.root / "frontend"});
}

Part storefront(const Shop& shop) {
    const std::string configuration = fmt::format(nginx_configuration,
                                                  fmt::arg("state", shop.state.string()),
                                                  fmt::arg("port", shop.ports.of("storefront")),
                                                  fmt::arg("page", (shop.root / "build/storefront").string()),
                                                  fmt::arg("policy", content_policy(shop)));
    return {.name = "storefront",
            .user = "www-data",
            .command = {"nginx", "-e", "stderr", "-c", (shop.state / "etc" / "nginx.conf").string()},
            .ports = {"storefront"},
            .probe = AnswersHttp{shop.web_address("storefront") + "/health"},
            .program = shop.root / "build/storefront/index.html",
            .configuration = {{"nginx.conf", configuration}, {"storefront.json", storefront_settings(shop)}},
            .stop_signal = "QUIT"};
}

} // namespace tandem::local
