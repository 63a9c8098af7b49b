#include "libs/json/reader.hpp"

#include "libs/json/workspace.hpp"

#include <charconv>
#include <cstring>

namespace tandem::json {
namespace {

constexpr std::size_t spare_max = 4;
constexpr std::size_t spare_bytes_max = 128U << 10U;

/// Workspaces that wait for their next document: a parser is dear to make.
std::vector<std::unique_ptr<Workspace>>& spares() {
    thread_local std::vector<std::unique_ptr<Workspace>> all;
    return all;
}

std::unique_ptr<Workspace> take_workspace() {
    auto& all = spares();
    if (all.empty()) {
        return std::make_unique<Workspace>();
    }
    auto workspace = std::move(all.back());
    all.pop_back();
    return workspace;
}

void put_back(std::unique_ptr<Workspace> workspace) {
    const std::size_t bytes = workspace->padded.capacity() + workspace->nodes.capacity() * sizeof(Node);
    if (bytes <= spare_bytes_max && spares().size() < spare_max) {
        workspace->clear();
        spares().push_back(std::move(workspace));
    }
}

template <class T>
std::optional<T> number(std::string_view token) {
    T value{};
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    return error == std::errc{} && end == token.data() + token.size() ? std::optional(value) : std::nullopt;
}

/// From an opening bracket, of a text known to be valid, to the bracket that closes it.
std::string_view bracketed(const char* start) {
    const char* at = start;
    int depth = 0;
    do {
        if (*at == '"') {
            for (++at; *at != '"'; ++at) {
                at += *at == '\\' ? 1 : 0;
            }
        }
        depth += *at == '{' || *at == '[' ? 1 : 0;
        depth -= *at == '}' || *at == ']' ? 1 : 0;
        ++at;
    } while (depth > 0);
    return {start, at};
}

std::string_view quoted(const char* start) {
    const char* at = start + 1;
    for (; *at != '"'; ++at) {
        at += *at == '\\' ? 1 : 0;
    }
    return {start, at + 1};
}

} // namespace

Document::Document(std::string_view text) : workspace_(take_workspace()) {
    workspace_->parse(text);
}

Document::~Document() {
    put_back(std::move(workspace_));
}

Cursor Document::root() {
    return {workspace_.get(), 0, 1};
}

std::optional<Error> Document::finish() {
    if (workspace_->malformed != nullptr) {
        return Error(ErrorKind::bad_request,
                     "The body is not valid JSON: " + std::string(workspace_->malformed) + ".");
    }
    if (!workspace_->field_errors.empty()) {
        return invalid_fields(std::move(workspace_->field_errors));
    }
    return std::nullopt;
}

bool Cursor::is_null() const {
    return workspace_->nodes[index_].kind == Kind::null;
}

bool Cursor::expect_object() const {
    const bool fits = workspace_->nodes[index_].kind == Kind::object;
    if (!fits) {
        report("must be an object");
    }
    return fits;
}

bool Cursor::expect_array() const {
    const bool fits = workspace_->nodes[index_].kind == Kind::array;
    if (!fits) {
        report("must be an array");
    }
    return fits;
}

Cursor Cursor::first() const {
    return {workspace_, index_ + 1, workspace_->nodes[index_].end};
}

Cursor Cursor::next() const {
    return {workspace_, workspace_->nodes[index_].end, end_};
}

std::string_view Cursor::key() const {
    return workspace_->nodes[index_].key;
}

std::optional<bool> Cursor::read_bool() const {
    const Node& node = workspace_->nodes[index_];
    if (node.kind != Kind::boolean) {
        report("must be true or false");
        return std::nullopt;
    }
    return node.text == "true";
}

std::optional<double> Cursor::read_double() const {
    const Node& node = workspace_->nodes[index_];
    if (node.kind != Kind::number) {
        report("must be a number");
        return std::nullopt;
    }
    const auto value = number<double>(node.text);
    if (!value) {
        report("must be a number that 64-bit floating point can hold");
    }
    return value;
}

std::optional<std::int64_t> Cursor::read_integer(std::int64_t least, std::int64_t most) const {
    const Node& node = workspace_->nodes[index_];
    const bool whole = node.kind == Kind::number && node.text.find_first_of(".eE") == std::string_view::npos;
    if (!whole) {
        report("must be an integer");
        return std::nullopt;
    }
    const auto value = number<std::int64_t>(node.text);
    if (!value || *value < least || *value > most) {
        report("must be an integer from " + std::to_string(least) + " to " + std::to_string(most));
        return std::nullopt;
    }
    return value;
}

std::optional<std::string_view> Cursor::read_string() const {
    const Node& node = workspace_->nodes[index_];
    if (node.kind != Kind::string) {
        report("must be a string");
        return std::nullopt;
    }
    if (node.text.find('\0') != std::string_view::npos) {
        report("must not contain the character U+0000");
        return std::nullopt;
    }
    return node.text;
}

std::optional<Money> Cursor::read_money() const {
    const Node& node = workspace_->nodes[index_];
    const bool fits = node.kind == Kind::string || node.kind == Kind::number;
    const auto value = fits ? Money::parse(node.text) : std::nullopt;
    if (!value) {
        report("must be an amount with at most two decimals, such as \"12.34\"");
    }
    return value;
}

std::optional<Timestamp> Cursor::read_timestamp() const {
    const Node& node = workspace_->nodes[index_];
    const auto value = node.kind == Kind::string ? parse_rfc3339(node.text) : std::nullopt;
    if (!value) {
        report("must be a time such as \"2026-11-23T06:10:37Z\"");
    }
    return value;
}

std::string_view Cursor::raw() const {
    const Node& node = workspace_->nodes[index_];
    switch (node.kind) {
    case Kind::object:
    case Kind::array:
        return bracketed(node.start);
    case Kind::string:
        return quoted(node.start);
    default:
        return node.text;
    }
}

void Cursor::report(std::string message) const {
    if (workspace_->takes_reports()) {
        workspace_->field_errors.push_back({workspace_->path(index_), std::move(message)});
    }
}

void Cursor::report_missing(std::string_view member) const {
    if (workspace_->takes_reports()) {
        std::string field = workspace_->path(index_);
        field += field.empty() ? "" : "/";
        field += member;
        workspace_->field_errors.push_back({std::move(field), "is required"});
    }
}

void read_value(const Cursor& at, std::string& value) {
    if (const auto text = at.read_string()) {
        value = *text;
    }
}

void read_value(const Cursor& at, Money& value) {
    value = at.read_money().value_or(value);
}

void read_value(const Cursor& at, Timestamp& value) {
    value = at.read_timestamp().value_or(value);
}

void read_value(const Cursor& at, Raw& value) {
    value.text = at.raw();
}

} // namespace tandem::json
