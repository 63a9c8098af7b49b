#pragma once

#include "libs/kernel/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::json {

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

/// One value. The nodes of a document stand in the order of its text, so that a value's parts
/// follow it directly, up to `end`.
struct Node {
    Kind kind = Kind::null;
    std::uint32_t end = 0;
    std::string_view key;
    std::string_view text; ///< a string's characters; of anything else the token it begins with
    const char* start = nullptr;
};

/// Everything that one document needs, kept for the next document of the same thread.
struct Workspace {
    Workspace();
    ~Workspace();
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    void clear();
    void parse(std::string_view text);

    /// "items/0/quantity"; empty for the root.
    std::string path(std::uint32_t index) const;
    /// A path costs a walk: ask first.
    bool takes_reports() const;

    struct Parser; // simdjson, seen only in workspace.cpp
    std::unique_ptr<Parser> parser;
    std::string padded; ///< the text, with the room behind it that simdjson may read
    std::size_t text_bytes = 0;
    std::vector<Node> nodes;
    std::vector<FieldError> field_errors;
    const char* malformed = nullptr;
};

} // namespace tandem::json
