#include "libs/json/workspace.hpp"

#include "libs/json/reader.hpp"
#include "libs/json/utf8.hpp"

#include <algorithm>
#include <simdjson.h>

namespace tandem::json {
namespace {

namespace ondemand = simdjson::ondemand;

const char* sentence(simdjson::error_code error) {
    switch (error) {
    case simdjson::EMPTY:
        return "it is empty";
    case simdjson::UTF8_ERROR:
        return "it is not UTF-8";
    case simdjson::UNCLOSED_STRING:
        return "a string is not closed";
    case simdjson::UNESCAPED_CHARS:
        return "a control character stands in a string";
    case simdjson::STRING_ERROR:
        return "a string holds a wrong escape sequence";
    case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
        return "it ends too early";
    default:
        return "a value, bracket, comma or colon is missing or misplaced";
    }
}

std::string_view trimmed(std::string_view token) {
    const auto last = token.find_last_not_of(" \t\r\n");
    return token.substr(0, last + 1);
}

std::size_t count_digits(std::string_view text) {
    const auto other = text.find_first_not_of("0123456789");
    return std::min(other, text.size());
}

/// RFC 8259, section 6.
bool is_number(std::string_view token) {
    token.remove_prefix(token.starts_with('-') ? 1 : 0);
    const std::size_t units = count_digits(token);
    if (units == 0 || (units > 1 && token.front() == '0')) {
        return false;
    }
    token.remove_prefix(units);
    if (token.starts_with('.')) {
        const std::size_t decimals = count_digits(token.substr(1));
        if (decimals == 0) {
            return false;
        }
        token.remove_prefix(1 + decimals);
    }
    if (token.starts_with('e') || token.starts_with('E')) {
        token.remove_prefix(1);
        token.remove_prefix(token.starts_with('+') || token.starts_with('-') ? 1 : 0);
        const std::size_t exponent = count_digits(token);
        return exponent > 0 && exponent == token.size();
    }
    return token.empty();
}

/// Walks a whole document, so that nothing of it stays unvalidated, and stores what it finds.
class Walk {
public:
    explicit Walk(Workspace& workspace) : workspace_(workspace) {}

    void document(ondemand::document& document) {
        value(document, {}, 0);
        if (workspace_.malformed != nullptr) {
            return;
        }
        const Node& root = workspace_.nodes.front();
        const bool is_token =
            root.kind != Kind::array && root.kind != Kind::object && root.kind != Kind::string;
        const char* end = workspace_.padded.data() + workspace_.text_bytes;
        const bool complete = is_token ? trimmed({root.start, end}).size() == root.text.size()
                                       : document.current_location().error() == simdjson::OUT_OF_BOUNDS;
        if (!complete) {
            workspace_.malformed = "text follows the value";
        }
    }

private:
    /// `Value` is ondemand::value, or ondemand::document for the root, which simdjson keeps apart.
    template <class Value>
    void value(Value& value, std::string_view key, int depth) {
        ondemand::json_type type{};
        std::string_view token;
        if (failed(value.type().get(type)) || failed(token_of(value).get(token))) {
            return;
        }
        const std::size_t index = workspace_.nodes.size();
        workspace_.nodes.push_back(
            {.kind = Kind::null, .end = 0, .key = key, .text = token, .start = token.data()});
        switch (type) {
        case ondemand::json_type::object:
            workspace_.nodes.back().kind = Kind::object;
            object(value, depth + 1);
            break;
        case ondemand::json_type::array:
            workspace_.nodes.back().kind = Kind::array;
            array(value, depth + 1);
            break;
        case ondemand::json_type::string:
            workspace_.nodes.back().kind = Kind::string;
            string(value, workspace_.nodes.back().text);
            break;
        default:
            word(workspace_.nodes.back());
        }
        workspace_.nodes[index].end = static_cast<std::uint32_t>(workspace_.nodes.size());
    }

    template <class Value>
    void object(Value& value, int depth) {
        ondemand::object object;
        if (too_deep(depth) || failed(value.get_object().get(object))) {
            return;
        }
        for (auto next : object) {
            ondemand::field field;
            std::string_view key;
            if (failed(std::move(next).get(field)) || failed(field.unescaped_key().get(key)) ||
                not_utf8(key)) {
                return;
            }
            this->value(field.value(), key, depth);
            if (workspace_.malformed != nullptr) {
                return;
            }
        }
    }

    template <class Value>
    void array(Value& value, int depth) {
        ondemand::array array;
        if (too_deep(depth) || failed(value.get_array().get(array))) {
            return;
        }
        for (auto next : array) {
            ondemand::value item;
            if (failed(std::move(next).get(item))) {
                return;
            }
            this->value(item, {}, depth);
            if (workspace_.malformed != nullptr) {
                return;
            }
        }
    }

    template <class Value>
    void string(Value& value, std::string_view& text) {
        if (!failed(value.get_string().get(text))) {
            not_utf8(text);
        }
    }

    /// null, true, false or a number, by their text alone: numbers keep every digit that was sent.
    void word(Node& node) {
        node.text = trimmed(node.text);
        if (node.text == "null") {
            node.kind = Kind::null;
        } else if (node.text == "true" || node.text == "false") {
            node.kind = Kind::boolean;
        } else if (is_number(node.text)) {
            node.kind = Kind::number;
        } else {
            workspace_.malformed = "a number or word is not one that JSON knows";
        }
    }

    static simdjson::simdjson_result<std::string_view> token_of(ondemand::value& value) {
        return value.raw_json_token();
    }
    static simdjson::simdjson_result<std::string_view> token_of(ondemand::document& document) {
        return document.raw_json_token();
    }

    bool failed(simdjson::error_code error) {
        if (error != simdjson::SUCCESS) {
            workspace_.malformed = sentence(error);
        }
        return error != simdjson::SUCCESS;
    }

    bool too_deep(int depth) {
        if (depth > Document::depth_max) {
            workspace_.malformed = "it is nested deeper than 32 levels";
        }
        return depth > Document::depth_max;
    }

    /// simdjson checked the bytes; an escaped surrogate without its partner is left to find.
    bool not_utf8(std::string_view text) {
        if (is_utf8(text)) {
            return false;
        }
        workspace_.malformed = "a string holds half a surrogate pair";
        return true;
    }

    Workspace& workspace_;
};

} // namespace

struct Workspace::Parser {
    ondemand::parser parser;
};

Workspace::Workspace() : parser(std::make_unique<Parser>()) {}
Workspace::~Workspace() = default;

void Workspace::clear() {
    nodes.clear();
    field_errors.clear();
    malformed = nullptr;
}

void Workspace::parse(std::string_view text) {
    if (text.size() > Document::bytes_max) {
        malformed = "it is larger than 1 MiB";
    } else {
        text_bytes = text.size();
        padded.assign(text);
        padded.append(simdjson::SIMDJSON_PADDING, ' ');
        ondemand::document document;
        const simdjson::padded_string_view view(padded.data(), text_bytes, padded.size());
        const auto error = parser->parser.iterate(view).get(document);
        if (error == simdjson::SUCCESS) {
            Walk(*this).document(document);
        } else {
            malformed = sentence(error);
        }
    }
    if (malformed != nullptr) {
        nodes.assign(1, Node{.kind = Kind::null, .end = 1, .key = {}, .text = {}, .start = nullptr});
    }
}

std::string Workspace::path(std::uint32_t index) const {
    std::string path;
    std::uint32_t parent = 0;
    while (parent != index) {
        std::uint32_t child = parent + 1;
        std::size_t position = 0;
        for (; nodes[child].end <= index; child = nodes[child].end) {
            ++position;
        }
        path += path.empty() ? "" : "/";
        path += nodes[parent].kind == Kind::array ? std::to_string(position) : std::string(nodes[child].key);
        parent = child;
    }
    return path;
}

bool Workspace::takes_reports() const {
    return malformed == nullptr && field_errors.size() < Document::field_errors_max;
}

} // namespace tandem::json
