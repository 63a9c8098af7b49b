#include "libs/http/response_parser.hpp"

#include <boost/system/system_error.hpp>

namespace tandem::http {
namespace {

constexpr std::uint64_t body_reserve_max = 64U << 10U;
constexpr std::uint32_t head_bytes_max = 64U << 10U;

} // namespace

ResponseParser::ResponseParser(std::optional<std::size_t> body_bytes_max, bool without_body) {
    header_limit(head_bytes_max);
    if (body_bytes_max) {
        body_limit(*body_bytes_max);
    } else {
        body_limit(boost::none);
    }
    skip(without_body);
    eager(true);
}

std::size_t ResponseParser::feed(std::string_view bytes) {
    ErrorCode error;
    const std::size_t used = put(boost::asio::const_buffer(bytes.data(), bytes.size()), error);
    if (error && error != boost::beast::http::error::need_more) {
        throw boost::system::system_error(error);
    }
    return used;
}

void ResponseParser::feed_end() {
    ErrorCode error;
    put_eof(error);
    if (error) {
        throw boost::system::system_error(error);
    }
}

void ResponseParser::on_response_impl(int status, View, int, ErrorCode&) {
    response_.status = status;
}

void ResponseParser::on_field_impl(boost::beast::http::field, View name, View value, ErrorCode&) {
    if (!head_ended_) {
        response_.headers.add(std::string(name.data(), name.size()), std::string(value.data(), value.size()));
    }
}

void ResponseParser::on_header_impl(ErrorCode&) {
    head_ended_ = true;
}

void ResponseParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) {
    if (length) {
        response_.body.reserve(static_cast<std::size_t>(std::min(*length, body_reserve_max)));
    }
}

std::size_t ResponseParser::on_body_impl(View bytes, ErrorCode&) {
    response_.body.append(bytes.data(), bytes.size());
    return bytes.size();
}

std::size_t ResponseParser::on_chunk_body_impl(std::uint64_t, View bytes, ErrorCode& error) {
    return on_body_impl(bytes, error);
}

void ResponseParser::on_request_impl(boost::beast::http::verb, View, View, int, ErrorCode&) {}
void ResponseParser::on_chunk_header_impl(std::uint64_t, View, ErrorCode&) {}
void ResponseParser::on_finish_impl(ErrorCode&) {}

} // namespace tandem::http
