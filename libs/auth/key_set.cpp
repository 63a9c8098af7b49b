#include "libs/auth/base64url.hpp"
#include "libs/auth/p256_key.hpp"
#include "libs/auth/token.hpp"
#include "libs/json/json.hpp"

#include <array>
#include <functional>
#include <map>
#include <utility>

namespace tandem::auth {
namespace {

constexpr std::size_t token_bytes_max = 8U << 10U;
constexpr std::size_t keys_max = 64;
constexpr std::int64_t numeric_date_max = 253'402'300'799; // the end of the year 9999

struct Jwk {
    std::string kty;
    std::string crv;
    std::string x;
    std::string y;
    std::string kid;
    std::optional<std::string> alg;
    std::optional<std::string> use;
};
BOOST_DESCRIBE_STRUCT(Jwk, (), (kty, crv, x, y, kid, alg, use))

struct Jwks {
    std::vector<json::Raw> keys;
};
BOOST_DESCRIBE_STRUCT(Jwks, (), (keys))

struct Header {
    std::string alg;
    std::string kid;
    std::optional<json::Raw> crit;
};
BOOST_DESCRIBE_STRUCT(Header, (), (alg, kid, crit))

struct Payload {
    std::string sub;
    std::int64_t user_id = 0;
    std::string email;
    std::string role;
    std::string iss;
    std::string aud;
    std::int64_t iat = 0;
    std::int64_t exp = 0;
    std::optional<std::int64_t> nbf;
};
BOOST_DESCRIBE_STRUCT(Payload, (), (sub, user_id, email, role, iss, aud, iat, exp, nbf))

struct Parts {
    std::string_view header;
    std::string_view payload;
    std::string_view signature;
    std::string_view signed_text;
};

std::optional<Parts> split(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (token.size() > token_bytes_max || second == std::string_view::npos) {
        return std::nullopt;
    }
    return Parts{.header = token.substr(0, first),
                 .payload = token.substr(first + 1, second - first - 1),
                 .signature = token.substr(second + 1), // a fourth part's '.' is no base64url
                 .signed_text = token.substr(0, second)};
}

template <class T>
std::optional<T> read_part(std::string_view part) {
    const auto text = base64url_decode(part);
    auto value = text ? json::read<T>(*text) : Result<T>(fail(ErrorKind::bad_request, ""));
    return value ? std::optional(*std::move(value)) : std::nullopt;
}

std::optional<Role> role_of(std::string_view word) {
    for (const Role role : {Role::customer, Role::admin, Role::service}) {
        if (to_string(role) == word) {
            return role;
        }
    }
    return std::nullopt;
}

bool is_date(std::int64_t seconds) {
    return seconds >= 0 && seconds <= numeric_date_max;
}

Timestamp moment(std::int64_t numeric_date) {
    return Timestamp(std::chrono::seconds(numeric_date));
}

std::unexpected<Error> refuse() {
    return fail(ErrorKind::unauthenticated, "The access token is not valid.");
}

} // namespace

struct KeySet::State {
    std::map<std::string, P256Key, std::less<>> keys;
};

KeySet::KeySet() : state_(std::make_unique<State>()) {}
KeySet::~KeySet() = default;

Result<std::shared_ptr<const KeySet>> KeySet::parse(std::string_view jwks) {
    const auto document = json::read<Jwks>(jwks);
    if (!document) {
        return fail(document.error());
    }
    auto set = std::make_shared<KeySet>();
    for (const json::Raw& raw : document->keys) {
        const auto jwk = json::read<Jwk>(raw.text);
        const bool fits = jwk && jwk->kty == "EC" && jwk->crv == "P-256" &&
                          jwk->use.value_or("sig") == "sig" && jwk->alg.value_or("ES256") == "ES256" &&
                          !jwk->kid.empty();
        if (!fits || set->state_->keys.size() >= keys_max) {
            continue;
        }
        const auto x = base64url_decode(jwk->x);
        const auto y = base64url_decode(jwk->y);
        auto key = x && y ? P256Key::from_point(*x, *y) : std::nullopt;
        if (key) {
            set->state_->keys.emplace(jwk->kid, *std::move(key));
        }
    }
    return set;
}

bool KeySet::has(std::string_view kid) const {
    return state_->keys.contains(kid);
}

Result<std::pair<Principal, Timestamp>>
KeySet::verify(std::string_view token, const Expectation& expected, Timestamp now) const {
    const auto parts = split(token);
    const auto header = parts ? read_part<Header>(parts->header) : std::nullopt;
    // A critical extension that we do not know must be refused: RFC 7515, section 4.1.11.
    if (!header || header->alg != "ES256" || header->crit) {
        return refuse();
    }
    const auto key = state_->keys.find(header->kid);
    const auto signature = base64url_decode(parts->signature);
    if (key == state_->keys.end() || !signature || !key->second.verifies(parts->signed_text, *signature)) {
        return refuse();
    }
    const auto claims = read_part<Payload>(parts->payload);
    const auto role = claims ? role_of(claims->role) : std::nullopt;
    if (!role || claims->iss != expected.issuer || claims->aud != expected.audience ||
        claims->sub != std::to_string(claims->user_id)) {
        return refuse();
    }
    const std::int64_t not_before = claims->nbf.value_or(0);
    if (!is_date(claims->iat) || !is_date(claims->exp) || !is_date(not_before) ||
        std::max(moment(claims->iat), moment(not_before)) > now + expected.leeway) {
        return refuse();
    }
    if (now >= moment(claims->exp) + expected.leeway) {
        return fail(ErrorKind::unauthenticated, "The access token has expired.");
    }
    return std::pair(Principal{claims->user_id, claims->email, *role}, moment(claims->exp));
}

std::string KeySet::kid_of(std::string_view token) {
    const auto parts = split(token);
    auto header = parts ? read_part<Header>(parts->header) : std::nullopt;
    return header ? std::move(header->kid) : std::string();
}

} // namespace tandem::auth
