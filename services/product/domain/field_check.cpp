#include "services/product/domain/field_check.hpp"

#include "services/product/domain/text.hpp"

#include <fmt/format.h>

namespace tandem::product {

void FieldCheck::require(bool holds, std::string_view field, std::string message) {
    if (!holds) {
        broken_.push_back({std::string(field), std::move(message)});
    }
}

void FieldCheck::text(std::string_view field, std::string_view value, std::size_t least, std::size_t most) {
    const auto length = character_count(value);
    if (!length) {
        require(false, field, "must be readable text in UTF-8");
        return;
    }
    require(*length >= least && *length <= most,
            field,
            fmt::format("must have {} to {} characters", least, most));
}

void FieldCheck::number(std::string_view field, std::int64_t value, std::int64_t least, std::int64_t most) {
    require(value >= least && value <= most, field, fmt::format("must be {} to {}", least, most));
}

Result<void> FieldCheck::outcome() && {
    if (broken_.empty()) {
        return {};
    }
    return fail(invalid_fields(std::move(broken_)));
}

} // namespace tandem::product
