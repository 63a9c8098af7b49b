#pragma once

#include <expected>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tandem {

/// Why a request cannot be granted. libs/http maps each kind to exactly one status code, which is
/// noted here for orientation only.
enum class ErrorKind {
    bad_request,       ///< 400 the request itself is malformed, or makes no sense (an empty cart)
    unauthenticated,   ///< 401
    payment_declined,  ///< 402
    forbidden,         ///< 403
    not_found,         ///< 404 also: exists, but is someone else's
    conflict,          ///< 409
    invalid,           ///< 422 well-formed, but a field breaks a rule
    too_many_requests, ///< 429
    unavailable,       ///< 503 try again later
};

/// One field that breaks a rule. `field` is its name, or a path such as `items/0/quantity`; empty for
/// the body as a whole. `message` goes on where "The field ..." begins, without a full stop: "must be
/// 1 to 999", "is required".
struct FieldError {
    std::string field;
    std::string message;
};

/// An outcome the caller is expected to handle. When the environment breaks we throw, and when the
/// program is wrong we assert: CONTRIBUTING.md tells the three apart.
/// `message` is a sentence for people; it never holds a secret or an internal name.
class Error {
public:
    Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}
    Error(ErrorKind kind, std::string message, std::vector<FieldError> fields)
        : kind_(kind), message_(std::move(message)), fields_(std::move(fields)) {}

    ErrorKind kind() const { return kind_; }
    const std::string& message() const { return message_; }
    const std::vector<FieldError>& fields() const { return fields_; }

    /// When trying again makes sense, of what passes by itself; becomes `Retry-After`.
    std::optional<int> retry_after_s() const { return retry_after_s_; }
    Error& retry_after(int seconds) {
        retry_after_s_ = seconds;
        return *this;
    }

private:
    ErrorKind kind_;
    std::string message_;
    std::vector<FieldError> fields_;
    std::optional<int> retry_after_s_;
};

template <class T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Error error) {
    return std::unexpected(std::move(error));
}

inline std::unexpected<Error> fail(ErrorKind kind, std::string message) {
    return fail(Error(kind, std::move(message)));
}

/// An `invalid` error about at least one field, whose message is a sentence about the first: "The field
/// 'email' is required; 2 other fields are not valid either."
Error invalid_fields(std::vector<FieldError> fields);

/// The same about one field.
inline std::unexpected<Error> fail_field(std::string field, std::string message) {
    return fail(invalid_fields({{std::move(field), std::move(message)}}));
}

} // namespace tandem
