#include "lab/auditor/order_status.hpp"

#include <array>
#include <utility>

namespace tandem::audit {
namespace {

using enum Status;

constexpr std::array<std::pair<Status, std::string_view>, 7> words{{{pending, "pending"},
                                                                    {processing, "processing"},
                                                                    {paid, "paid"},
                                                                    {shipped, "shipped"},
                                                                    {delivered, "delivered"},
                                                                    {failed, "failed"},
                                                                    {cancelled, "cancelled"}}};

} // namespace

std::string_view to_string(Status status) {
    return words[static_cast<std::size_t>(status)].second;
}

std::optional<Status> parse_status(std::string_view word) {
    for (const auto& [status, known] : words) {
        if (known == word) {
            return status;
        }
    }
    return std::nullopt;
}

bool may_become(Status from, Status to) {
    switch (to) {
    case pending:
        return false;
    case processing:
        return from == pending;
    case paid:
    case failed:
        return is_open(from);
    case shipped:
        return from == paid;
    case delivered:
        return from == shipped;
    case cancelled:
        return is_open(from) || from == paid;
    }
    std::unreachable();
}

bool is_paid(Status status) {
    return status == paid || status == shipped || status == delivered;
}

bool is_open(Status status) {
    return status == pending || status == processing;
}

} // namespace tandem::audit
