#include "libs/http/request_parser.hpp"

#include "libs/http/url.hpp"

#include <algorithm>
#include <functional>

namespace tandem::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::size_t fields_max = 100;
constexpr std::uint64_t body_reserve_max = 64U << 10U;

std::string_view standard(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

std::optional<Method> method_of(beast_http::verb verb) {
    switch (verb) {
    case beast_http::verb::get:
        return Method::get;
    case beast_http::verb::head:
        return Method::head;
    case beast_http::verb::post:
        return Method::post;
    case beast_http::verb::put:
        return Method::put;
    case beast_http::verb::patch:
        return Method::patch;
    case beast_http::verb::delete_:
        return Method::del;
    case beast_http::verb::options:
        return Method::options;
    default:
        return std::nullopt;
    }
}

Refusal refusal_of(boost::beast::error_code error) {
    if (error == beast_http::error::header_limit) {
        return {431, "The request's header is too large."};
    }
    if (error == beast_http::error::body_limit) {
        return {413, "The request's body is too large."};
    }
    if (error == beast_http::error::bad_version) {
        return {505, "Only HTTP/1.1 is spoken here."};
    }
    return {400, "The request is not well-formed HTTP."};
}

} // namespace

RequestParser::RequestParser(std::size_t head_bytes_max, std::size_t body_bytes_max)
    : head_bytes_max_(head_bytes_max) {
    header_limit(static_cast<std::uint32_t>(head_bytes_max));
    body_limit(body_bytes_max);
    eager(true);
}

std::size_t RequestParser::feed(std::string_view bytes) {
    input_ = bytes;
    ErrorCode error;
    const std::size_t used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    input_ = {};
    if (error && error != beast_http::error::need_more && !refusal_) {
        refusal_ = refusal_of(error);
    }
    return used;
}

void RequestParser::refuse_oversized_line() {
    if (!refusal_ && !is_done()) {
        refusal_ = is_header_done() ? Refusal{400, "A chunk's header is too long."}
                                    : refusal_of(beast_http::error::header_limit);
    }
}

void RequestParser::refuse(ErrorCode& error, int status, std::string_view detail) {
    refusal_ = Refusal{status, detail};
    error = beast_http::error::bad_value;
}

void RequestParser::on_request_impl(
    beast_http::verb verb, View method, View target, int version, ErrorCode& error) {
    version_ = version;
    head_bytes_ = method.size() + target.size();
    const auto known = method_of(verb);
    if (!known) {
        return refuse(error, 501, "That method is not known here.");
    }
    request_.method = *known;
    take_target(standard(target), error);
}

void RequestParser::take_target(std::string_view target, ErrorCode& error) {
    constexpr std::string_view scheme = "http://";
    if (target.starts_with(scheme)) {
        target.remove_prefix(scheme.size());
        target.remove_prefix(std::min(target.find('/'), target.size()));
    }
    if (!target.starts_with('/') || target.contains('#')) {
        return refuse(error, 400, "The request's target must be a path.");
    }
    const std::size_t mark = std::min(target.find('?'), target.size());
    request_.path = target.substr(0, mark);
    request_.query = target.substr(std::min(mark + 1, target.size()));
}

bool RequestParser::is_folded(View name, View value) const {
    const std::less<const char*> before;
    const char* const gap = name.data() + name.size();
    const bool elsewhere =
        before(value.data(), gap) || before(input_.data() + input_.size(), value.data() + value.size());
    return elsewhere || std::find(gap, value.data(), '\r') != value.data();
}

void RequestParser::on_field_impl(beast_http::field field, View name, View value, ErrorCode& error) {
    head_bytes_ += name.size() + value.size() + 4;
    if (head_bytes_ > head_bytes_max_ || request_.headers.all().size() >= fields_max) {
        return refuse(error, 431, "The request's header is too large.");
    }
    if (is_folded(name, value)) {
        return refuse(error, 400, "Folded header lines are not accepted.");
    }
    if (head_ended_) {
        return;
    }
    check_known_field(field, value, error);
    if (!error) {
        request_.headers.add(std::string(standard(name)), std::string(standard(value)));
    }
}

void RequestParser::check_known_field(beast_http::field field, View value, ErrorCode& error) {
    switch (field) {
    case beast_http::field::host:
        ++hosts_;
        break;
    case beast_http::field::content_length:
        if (value.find(',') != View::npos) {
            return refuse(error, 400, "The length of the request's body is ambiguous.");
        }
        ++lengths_;
        break;
    case beast_http::field::transfer_encoding:
        if (!equal_ignoring_case(standard(value), "chunked")) {
            return refuse(error, 501, "Only the transfer encoding 'chunked' is understood.");
        }
        has_encoding_ = true;
        break;
    case beast_http::field::expect:
        if (!equal_ignoring_case(standard(value), "100-continue")) {
            return refuse(error, 417, "That expectation cannot be met.");
        }
        expects_continue_ = version_ != 10;
        break;
    default:
        break;
    }
}

void RequestParser::on_header_impl(ErrorCode& error) {
    head_ended_ = true;
    if (hosts_ > 1 || (hosts_ == 0 && version_ != 10)) {
        return refuse(error, 400, "The request must have exactly one Host.");
    }
    if (lengths_ > 1 || (lengths_ == 1 && has_encoding_) || (has_encoding_ && version_ == 10)) {
        return refuse(error, 400, "The length of the request's body is ambiguous.");
    }
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) {
    error = {};
    if (length) {
        request_.body.reserve(static_cast<std::size_t>(std::min(*length, body_reserve_max)));
    }
}

std::size_t RequestParser::on_body_impl(View bytes, ErrorCode& error) {
    error = {};
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& error) {
    return on_body_impl(bytes, error);
}

void RequestParser::on_response_impl(int, View, int, ErrorCode&) {}
void RequestParser::on_chunk_header_impl(std::uint64_t, View, ErrorCode&) {}
void RequestParser::on_finish_impl(ErrorCode&) {}

} // namespace tandem::http
