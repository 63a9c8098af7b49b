#pragma once

#include "libs/http/message.hpp"

#include <boost/beast/http/basic_parser.hpp>

namespace tandem::http {

/// Why a request was refused before anybody handled it.
struct Refusal {
    int status = 400;
    std::string_view detail;
};

/// Fills a Request from Beast's grammar of HTTP/1 (RFC 9112), and is stricter where leniency is how
/// requests are smuggled past a proxy: one Host, one Content-Length, never together with
/// Transfer-Encoding, only `chunked`, no line folding; trailers are read and dropped.
class RequestParser final : public boost::beast::http::basic_parser<true> {
public:
    RequestParser(std::size_t head_bytes_max, std::size_t body_bytes_max);

    /// Parses from the front of `bytes`; gives how many were used. Afterwards the request is done,
    /// refused, or needs more.
    std::size_t feed(std::string_view bytes);
    const std::optional<Refusal>& refusal() const { return refusal_; }
    /// A line is longer than the buffer that it must fit into.
    void refuse_oversized_line();
    /// The client waits for `100 Continue` before it sends the body.
    bool wants_continue() const { return expects_continue_ && is_header_done() && !is_done(); }
    /// At least the request line has come.
    bool got_some() const { return head_bytes_ > 0; }
    bool is_http_1_0() const { return version_ == 10; }
    Request& request() { return request_; }

private:
    using View = boost::beast::string_view;
    using ErrorCode = boost::beast::error_code;

    void on_request_impl(
        boost::beast::http::verb verb, View method, View target, int version, ErrorCode& error) override;
    void on_response_impl(int status, View reason, int version, ErrorCode& error) override;
    void on_field_impl(boost::beast::http::field field, View name, View value, ErrorCode& error) override;
    void on_header_impl(ErrorCode& error) override;
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
    std::size_t on_body_impl(View bytes, ErrorCode& error) override;
    void on_chunk_header_impl(std::uint64_t size, View extensions, ErrorCode& error) override;
    std::size_t on_chunk_body_impl(std::uint64_t remain, View bytes, ErrorCode& error) override;
    void on_finish_impl(ErrorCode& error) override;

    void refuse(ErrorCode& error, int status, std::string_view detail);
    void check_known_field(boost::beast::http::field field, View value, ErrorCode& error);
    bool is_folded(View name, View value) const;
    void take_target(std::string_view target, ErrorCode& error);

    Request request_;
    std::optional<Refusal> refusal_;
    std::string_view input_;
    std::size_t head_bytes_ = 0;
    std::size_t head_bytes_max_;
    int version_ = 11;
    int hosts_ = 0;
    int lengths_ = 0;
    bool has_encoding_ = false;
    bool head_ended_ = false;
    bool expects_continue_ = false;
};

} // namespace tandem::http
