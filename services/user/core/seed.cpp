#include "services/user/core/seed.hpp"

namespace tandem::user {

Result<std::vector<SeedAccount>> seed_accounts(const SeedOptions& options) {
    std::vector<SeedAccount> accounts;
    if (options.test_user) {
        accounts.push_back(
            {SignUp::check("paintest@example.com", "password123", "Paint Tester").value(), Role::customer});
    }
    if (options.admin_email.empty() != options.admin_password.empty()) {
        return fail(ErrorKind::invalid, "ADMIN_EMAIL and ADMIN_PASSWORD are needed both, or neither.");
    }
    if (!options.admin_email.empty()) {
        auto admin = SignUp::check(options.admin_email, options.admin_password, "Administrator");
        if (!admin) {
            return fail(ErrorKind::invalid, "ADMIN_EMAIL or ADMIN_PASSWORD: " + admin.error().message());
        }
        accounts.push_back({*std::move(admin), Role::admin});
    }
    return accounts;
}

Task<> seed(Registration& registration, std::vector<SeedAccount> accounts) {
    for (SeedAccount& account : accounts) {
        co_await registration.ensure(std::move(account.wish), account.role);
    }
}

} // namespace tandem::user
