#pragma once

#include "services/user/core/registration.hpp"

#include <string>
#include <vector>

namespace tandem::user {

struct SeedOptions {
    bool test_user = false;
    std::string admin_email; ///< empty: no administrator is made
    std::string admin_password;
};

struct SeedAccount {
    SignUp wish;
    Role role;
};

/// The accounts to make at start. `invalid` when ADMIN_EMAIL and ADMIN_PASSWORD do not fit.
Result<std::vector<SeedAccount>> seed_accounts(const SeedOptions& options);

/// Makes those that are absent; an account that is there stays as it is, its password too.
Task<> seed(Registration& registration, std::vector<SeedAccount> accounts);

} // namespace tandem::user
