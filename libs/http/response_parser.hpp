#pragma once

#include "libs/http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace tandem::http {

/// Fills a Response from Beast's grammar of HTTP/1 (RFC 9112). The body collects in
/// `response().body`, from where a streaming reader takes it away.
class ResponseParser final : public boost::beast::http::basic_parser<false> {
public:
    /// `body_bytes_max` nothing: unlimited, for streams. `without_body`: the answer to HEAD.
    ResponseParser(std::optional<std::size_t> body_bytes_max, bool without_body);

    /// Parses from the front of `bytes`; gives how many were used. Throws
    /// boost::system::system_error when they break the grammar or the limit.
    std::size_t feed(std::string_view bytes);
    /// The connection ended; throws unless the message may end so.
    void feed_end();
    Response& response() { return response_; }

private:
    using View = boost::beast::string_view;
    using ErrorCode = boost::beast::error_code;

    void on_request_impl(boost::beast::http::verb, View, View, int, ErrorCode&) override;
    void on_response_impl(int status, View reason, int version, ErrorCode& error) override;
    void on_field_impl(boost::beast::http::field field, View name, View value, ErrorCode& error) override;
    void on_header_impl(ErrorCode& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
    std::size_t on_body_impl(View bytes, ErrorCode& error) override;
    void on_chunk_header_impl(std::uint64_t size, View extensions, ErrorCode& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t remain, View bytes, ErrorCode& error) override;
    void on_finish_impl(ErrorCode& error) override;

    Response response_;
    bool head_ended_ = false;
};

} // namespace tandem::http
