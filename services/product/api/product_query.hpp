#pragma once

#include "libs/http/message.hpp"
#include "services/product/core/catalog_repository.hpp"

namespace tandem::product {

inline constexpr std::int64_t page_limit_max = 500;
inline constexpr std::int64_t page_limit_default = 100;
/// Deeper paging reads everything before it; a search is the better question then.
inline constexpr std::int64_t page_skip_max = 1'000'000;

/// skip, limit, category_id, q, sort. ErrorKind::invalid names the parameter.
Result<ProductSearch> read_search(const http::Request& request);

/// "1,2,3": each a positive integer. ErrorKind::invalid otherwise.
Result<std::vector<ProductId>> read_ids(std::string_view list);

} // namespace tandem::product
