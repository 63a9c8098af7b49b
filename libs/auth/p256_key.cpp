#include "libs/auth/p256_key.hpp"

#include <array>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <stdexcept>

namespace tandem::auth {
namespace {

constexpr int coordinate_bytes = 32;

template <auto Function>
struct FreeWith {
    template <class T>
    void operator()(T* thing) const {
        Function(thing);
    }
};
using Bio = std::unique_ptr<BIO, FreeWith<BIO_free>>;
using Bignum = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, FreeWith<ECDSA_SIG_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreeWith<OSSL_PARAM_BLD_free>>;
using ParamList = std::unique_ptr<OSSL_PARAM, FreeWith<OSSL_PARAM_free>>;

void check(bool worked, const char* what) {
    if (!worked) {
        std::array<char, 256> reason{};
        ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
        ERR_clear_error();
        throw std::runtime_error(std::string(what) + ": " + reason.data());
    }
}

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

/// Without it OpenSSL would ask the terminal for the password of an encrypted key.
int no_password(char*, int, int, void*) {
    return 0;
}

bool is_p256(EVP_PKEY* key) {
    std::array<char, 64> group{};
    std::size_t length = 0;
    return EVP_PKEY_get_utf8_string_param(
               key, OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &length) == 1 &&
           std::string_view(group.data(), length) == "prime256v1";
}

std::string padded(const BIGNUM* number) {
    std::string text(coordinate_bytes, '\0');
    check(BN_bn2binpad(number, bytes(text), coordinate_bytes) == coordinate_bytes, "coordinate");
    return text;
}

} // namespace

std::string sha256(std::string_view text) {
    std::string digest(32, '\0');
    const int done = EVP_Digest(text.data(), text.size(), bytes(digest), nullptr, EVP_sha256(), nullptr);
    check(done == 1, "SHA-256");
    return digest;
}

void P256Key::Free::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

P256Key P256Key::generate() {
    Pointer key(EVP_EC_gen("P-256"));
    check(key != nullptr, "generating a P-256 key");
    return P256Key(std::move(key));
}

P256Key P256Key::from_pem(const std::string& pem) {
    const Bio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    check(source != nullptr, "reading a private key");
    Pointer key(PEM_read_bio_PrivateKey(source.get(), nullptr, no_password, nullptr));
    check(key != nullptr, "reading a private key");
    if (!is_p256(key.get())) {
        throw std::runtime_error("the private key is not on the curve P-256");
    }
    return P256Key(std::move(key));
}

std::optional<P256Key> P256Key::from_point(std::string_view x, std::string_view y) {
    if (x.size() != coordinate_bytes || y.size() != coordinate_bytes) {
        return std::nullopt;
    }
    const std::string point = "\x04" + std::string(x) + std::string(y);
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    check(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
              OSSL_PARAM_BLD_push_octet_string(
                  builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1,
          "building a public key");
    const ParamList list(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    check(list != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1, "building a public key");

    EVP_PKEY* raw = nullptr;
    const int built = EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, list.get());
    Pointer key(raw);
    if (built == 1) {
        const KeyContext checker(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
        if (EVP_PKEY_public_check(checker.get()) == 1) {
            return P256Key(std::move(key));
        }
    }
    ERR_clear_error();
    return std::nullopt;
}

std::string P256Key::to_pem() const {
    const Bio sink(BIO_new(BIO_s_mem()));
    const int written =
        PEM_write_bio_PKCS8PrivateKey(sink.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    check(written == 1, "writing a private key");
    char* text = nullptr;
    const long size = BIO_get_mem_data(sink.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string P256Key::coordinate(const char* name) const {
    BIGNUM* raw = nullptr;
    check(EVP_PKEY_get_bn_param(key_.get(), name, &raw) == 1, "reading a public key");
    const Bignum number(raw);
    return padded(number.get());
}

std::string P256Key::x() const {
    return coordinate(OSSL_PKEY_PARAM_EC_PUB_X);
}

std::string P256Key::y() const {
    return coordinate(OSSL_PKEY_PARAM_EC_PUB_Y);
}

std::string P256Key::sign(std::string_view message) const {
    const DigestContext context(EVP_MD_CTX_new());
    check(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1, "signing");
    std::string der(128, '\0');
    std::size_t size = der.size();
    check(EVP_DigestSign(context.get(), bytes(der), &size, bytes(message), message.size()) == 1, "signing");

    const unsigned char* at = bytes(std::string_view(der));
    const Signature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    check(signature != nullptr, "signing");
    return padded(ECDSA_SIG_get0_r(signature.get())) + padded(ECDSA_SIG_get0_s(signature.get()));
}

bool P256Key::verifies(std::string_view message, std::string_view signature) const {
    if (signature.size() != 2 * coordinate_bytes) {
        return false;
    }
    Bignum r(BN_bin2bn(bytes(signature), coordinate_bytes, nullptr));
    Bignum s(BN_bin2bn(bytes(signature) + coordinate_bytes, coordinate_bytes, nullptr));
    const Signature pair(ECDSA_SIG_new());
    check(r && s && pair && ECDSA_SIG_set0(pair.get(), r.get(), s.get()) == 1, "verifying");
    (void)r.release(); // the pair owns both now
    (void)s.release();

    unsigned char* encoded = nullptr;
    const int size = i2d_ECDSA_SIG(pair.get(), &encoded);
    check(size > 0, "verifying");
    const std::unique_ptr<unsigned char, decltype([](unsigned char* memory) { OPENSSL_free(memory); })> der(
        encoded);

    const DigestContext context(EVP_MD_CTX_new());
    check(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1, "verifying");
    const int verdict = EVP_DigestVerify(
        context.get(), der.get(), static_cast<std::size_t>(size), bytes(message), message.size());
    ERR_clear_error();
    return verdict == 1;
}

} // namespace tandem::auth
