#include "tools/tandem/secrets.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"

#include <array>
#include <sys/random.h>

namespace tandem::local {
namespace {

struct Secret {
    const char* name;
    const char* given; ///< the development profile's value; null: drawn at random
};

constexpr std::array secrets{
    Secret{"MONOLITH_DB_PASSWORD", nullptr},
    Secret{"ORDER_DB_PASSWORD", nullptr},
    Secret{"PAYMENT_DB_PASSWORD", nullptr},
    Secret{"PRODUCT_DB_PASSWORD", nullptr},
    Secret{"USER_DB_PASSWORD", nullptr},
    Secret{"CART_DB_PASSWORD", nullptr},
    Secret{"POSTGRES_PASSWORD", nullptr},
    Secret{"REDIS_PASSWORD", nullptr},
    Secret{"ERLANG_COOKIE", nullptr},
    Secret{"RABBITMQ_USER", "ecommerce"},
    Secret{"RABBITMQ_PASSWORD", "ecommerce123"},
    Secret{"ADMIN_EMAIL", "admin@example.com"},
    Secret{"ADMIN_PASSWORD", nullptr},
};

std::string random_hex() {
    std::array<unsigned char, 16> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        give_up("the system gives no random numbers");
    }
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

std::string checked(const std::string& name, std::string value) {
    std::string allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
    if (name.ends_with("_EMAIL")) {
        allowed += "@+";
    }
    if (value.empty() || value.find_first_not_of(allowed) != std::string::npos) {
        give_up("{}: only letters, digits and . _ - can be part of the URLs it becomes", name);
    }
    return value;
}

} // namespace

std::filesystem::path secrets_file(const std::filesystem::path& state) {
    return state / "secrets.env";
}

std::map<std::string, std::string> read_secrets(const std::filesystem::path& state) {
    const auto file = secrets_file(state);
    if (!std::filesystem::exists(file)) {
        return {};
    }
    return parse_dotenv(read_file(file), file.string());
}

std::map<std::string, std::string> complete_secrets(const std::filesystem::path& state,
                                                    const Variables& variables) {
    std::map<std::string, std::string> known = read_secrets(state);
    std::string text = fmt::format("{} Development only.\n", secrets_heading);
    for (const Secret& secret : secrets) {
        auto entry = known.find(secret.name);
        if (entry == known.end()) {
            std::string fallback = secret.given == nullptr ? random_hex() : secret.given;
            std::string value = checked(secret.name, variables.text(secret.name, std::move(fallback)));
            entry = known.emplace(secret.name, std::move(value)).first;
        }
        text += fmt::format("{}={}\n", entry->first, entry->second);
    }
    write_file(secrets_file(state), text, 0600);
    return known;
}

} // namespace tandem::local
