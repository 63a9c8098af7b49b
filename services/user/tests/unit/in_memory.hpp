#pragma once

#include "libs/kernel/unavailable.hpp"
#include "services/user/core/password_hasher.hpp"
#include "services/user/core/refresh_tokens.hpp"
#include "services/user/core/token_issuer.hpp"
#include "services/user/core/users.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace tandem::user {

/// As a store does before it begins to write.
inline void expect_in_time(Deadline begin_by) {
    if (std::chrono::steady_clock::now() >= begin_by) {
        throw DeadlineExceeded("past its deadline");
    }
}

/// The ports of the core, in memory.
class UsersInMemory final : public Users {
public:
    Task<Result<User>> add(NewUser user, Context, Deadline begin_by) override {
        expect_in_time(begin_by);
        if (by_email.contains(user.email)) {
            co_return fail(ErrorKind::conflict, "taken");
        }
        announced.push_back(user.email.text());
        co_return store(user);
    }
    Task<> add_if_absent(NewUser user) override {
        if (!by_email.contains(user.email)) {
            store(user);
        }
        co_return;
    }
    Task<std::optional<User>> find(UserId id) override {
        for (const auto& [email, credentials] : by_email) {
            if (credentials.user.id == id) {
                co_return credentials.user;
            }
        }
        co_return std::nullopt;
    }
    Task<std::optional<Credentials>> find_credentials(EmailAddress email) override {
        const auto found = by_email.find(email);
        co_return found == by_email.end() ? std::nullopt : std::optional(found->second);
    }
    Task<> replace_password_hash(UserId id, std::string before, std::string after) override {
        for (auto& [email, credentials] : by_email) {
            if (credentials.user.id == id && credentials.password_hash == before) {
                credentials.password_hash = after;
            }
        }
        co_return;
    }

    std::map<EmailAddress, Credentials> by_email;
    std::vector<std::string> announced;

private:
    User store(const NewUser& user) {
        const User stored{UserId(static_cast<std::int64_t>(by_email.size()) + 1),
                          user.email,
                          user.full_name,
                          user.role,
                          user.created_at};
        by_email.emplace(user.email, Credentials{stored, user.password_hash});
        return stored;
    }
};

class RefreshTokensInMemory final : public RefreshTokens {
public:
    explicit RefreshTokensInMemory(Users& users) : users_(users) {}

    Task<> open_family(UserId user, StoredToken first, Timestamp) override {
        ++families;
        tokens[first.fingerprint] = {user, families, first.expires_at};
        co_return;
    }
    Task<std::optional<User>>
    rotate(std::string spent, StoredToken next, Timestamp now, Deadline begin_by) override {
        expect_in_time(begin_by);
        const auto token = tokens.find(spent);
        if (token == tokens.end() || revoked.contains(token->second.family) ||
            token->second.expires_at <= now) {
            co_return std::nullopt;
        }
        if (token->second.spent) {
            revoked.insert(token->second.family);
            co_return std::nullopt;
        }
        token->second.spent = true;
        const Kept kept{token->second.user, token->second.family, next.expires_at};
        tokens[next.fingerprint] = kept;
        const auto user = co_await users_.find(kept.user);
        co_return user;
    }
    Task<> revoke_family_of(std::string fingerprint, Timestamp) override {
        if (tokens.contains(fingerprint)) {
            revoked.insert(tokens.at(fingerprint).family);
        }
        co_return;
    }
    Task<bool> forget_expired(Timestamp) override { co_return false; }

    struct Kept {
        UserId user;
        int family = 0;
        Timestamp expires_at;
        bool spent = false;
    };
    std::map<std::string, Kept> tokens;
    std::set<int> revoked;
    int families = 0;

private:
    Users& users_;
};

/// "Hashes" by putting a version in front, and counts how often it had to work.
class FastHasher final : public PasswordHasher {
public:
    Task<Result<std::string>> hash(std::string password) override {
        ++work;
        if (busy) {
            co_return fail(ErrorKind::unavailable, "busy");
        }
        co_return version + ":" + password;
    }
    Task<Result<Verdict>> verify(std::string password, std::string hash) override {
        ++work;
        if (busy) {
            co_return fail(ErrorKind::unavailable, "busy");
        }
        const auto colon = hash.find(':');
        if (hash.substr(colon + 1) != password) {
            co_return Verdict::wrong;
        }
        co_return hash.substr(0, colon) == version ? Verdict::right : Verdict::right_but_outdated;
    }
    std::string hash_of_nobody() const override { return version + ":\x01 nobody's"; }

    std::string version = "v1";
    bool busy = false;
    int work = 0;
};

class ReadableTokens final : public TokenIssuer {
public:
    std::string access_token(const User& user, Timestamp, std::chrono::seconds) override {
        return "access-of-" + user.email.text();
    }
    std::string refresh_token() override { return "refresh-" + std::to_string(++issued); }
    std::string fingerprint(std::string_view token) const override {
        return "fp(" + std::string(token) + ")";
    }

    int issued = 0;
};

class SetClock final : public Clock {
public:
    Timestamp now() const override { return moment; }
    Timestamp moment = parse_rfc3339("2026-11-23T12:00:00Z").value();
};

} // namespace tandem::user
