#pragma once

#include "libs/http/connection_pool.hpp"
#include "libs/http/response_parser.hpp"

namespace tandem::http {

/// One request and its answer on one leased connection.
class Exchange {
public:
    /// The request as it goes over the wire.
    struct Outgoing {
        Method method;
        std::string head;
        std::string body;
        Deadline deadline;
    };

    /// `body_bytes_max` nothing: the answer's body is unlimited, for streams.
    Exchange(Lease lease, std::string peer, Outgoing outgoing, std::optional<std::size_t> body_bytes_max);

    /// Sends the request and reads the answer's head; once more on a fresh connection when that can
    /// do no harm. Throws Unavailable or DeadlineExceeded, as the others do.
    Task<> begin();
    /// Reads what is left of the body into `response().body`.
    Task<> finish();
    /// Waits until `response().body`, which the caller has emptied, has bytes; false at the end.
    Task<bool> read_more(Deadline deadline);

    Response& response() { return parser_->response(); }

private:
    Task<> send_and_read_head();
    Task<> write();
    Task<> read_some();
    void parse();
    bool may_retry();
    void release_when_done();
    void translate(const boost::system::system_error& broken, Deadline deadline, bool connected) const;

    Lease lease_;
    std::string peer_;
    Outgoing outgoing_;
    std::optional<std::size_t> body_bytes_max_;
    std::optional<ResponseParser> parser_;
    bool got_bytes_ = false;
    bool may_reuse_ = true;
    bool released_ = false;
};

} // namespace tandem::http
