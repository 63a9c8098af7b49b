#pragma once

#include "libs/kernel/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::product {

/// Collects every broken rule of a request, so that the client learns all at once.
class FieldCheck {
public:
    void require(bool holds, std::string_view field, std::string message);
    /// `least` to `most` characters of readable UTF-8.
    void text(std::string_view field, std::string_view value, std::size_t least, std::size_t most);
    void number(std::string_view field, std::int64_t value, std::int64_t least, std::int64_t most);

    /// ErrorKind::invalid with one FieldError a broken rule.
    Result<void> outcome() &&;

private:
    std::vector<FieldError> broken_;
};

} // namespace tandem::product
