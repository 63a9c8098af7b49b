#include "monolith/migrate.hpp"

namespace tandem::user {
const std::vector<postgres::Migration>& migrations();
}
namespace tandem::product {
const std::vector<postgres::Migration>& migrations();
}
namespace tandem::cart {
const std::vector<postgres::Migration>& migrations();
}
namespace tandem::order {
const std::vector<postgres::Migration>& migrations();
}
namespace tandem::payment {
const std::vector<postgres::Migration>& migrations();
}
namespace tandem::monolith::joints {
const std::vector<postgres::Migration>& migrations();
}

namespace tandem::monolith {

const std::vector<postgres::Migration>& migrations();

const std::vector<postgres::Migration>& own_migrations() {
    return migrations();
}

void migrate_domains(const std::string& url) {
    postgres::migrate(url, user::migrations(), "users");
    postgres::migrate(url, product::migrations(), "catalog");
    postgres::migrate(url, cart::migrations(), "carts");
    postgres::migrate(url, order::migrations(), "orders");
    postgres::migrate(url, payment::migrations(), "payments");
    postgres::migrate(url, joints::migrations());
}

void migrate_all(const std::string& url) {
    postgres::migrate(url, own_migrations());
    migrate_domains(url);
}

} // namespace tandem::monolith
