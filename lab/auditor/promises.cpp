#include "lab/auditor/promises.hpp"

#include "lab/auditor/unreadable.hpp"
#include "libs/json/json.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>

namespace tandem::audit {
namespace {

struct Line {
    std::int64_t order_id = 0;
    std::optional<std::int64_t> user_id;
    std::optional<std::string> idempotency_key;
    std::optional<Money> total_amount;
};
BOOST_DESCRIBE_STRUCT(Line, (), (order_id, user_id, idempotency_key, total_amount))

std::vector<BrokenKey> broken_keys(std::vector<Promise> promises) {
    std::erase_if(promises, [](const Promise& promise) { return promise.key == 0; });
    std::ranges::sort(promises, {}, [](const Promise& each) { return std::pair(each.key, each.order_id); });
    std::vector<BrokenKey> broken;
    for (std::size_t i = 1; i < promises.size(); ++i) {
        if (promises[i - 1].key == promises[i].key && promises[i - 1].order_id != promises[i].order_id) {
            broken.push_back({promises[i - 1].order_id, promises[i].order_id});
        }
    }
    return broken;
}

} // namespace

std::uint64_t print_of_key(std::int64_t user, std::string_view key) {
    std::uint64_t hash = 0xcbf29ce484222325U ^ (static_cast<std::uint64_t>(user) * 0x9e3779b97f4a7c15U);
    for (const char character : key) {
        hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
    }
    return hash == 0 ? 1 : hash;
}

Promises read_promises(std::istream& lines) {
    Promises promises;
    std::string text;
    for (std::int64_t number = 1; std::getline(lines, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        const auto line = json::read<Line>(text);
        if (!line) {
            throw Unreadable(
                fmt::format("line {} of the promises makes no sense: {}", number, line.error().message()));
        }
        const std::uint64_t key =
            line->idempotency_key ? print_of_key(line->user_id.value_or(0), *line->idempotency_key) : 0;
        promises.all.push_back({line->order_id, key, line->user_id, line->total_amount});
    }
    promises.broken_keys = broken_keys(promises.all);
    std::ranges::sort(promises.all, {}, &Promise::order_id);
    return promises;
}

Promises read_promises_file(const std::string& file) {
    std::ifstream lines(file);
    if (!lines) {
        throw Unreadable("the promises cannot be read: there is no " + file);
    }
    return read_promises(lines);
}

} // namespace tandem::audit
