#include "libs/http/message.hpp"
#include "libs/http/reason.hpp"
#include "libs/json/writer.hpp"

namespace tandem::http {
namespace {

struct Problem {
    int status;
    std::string_view detail;
    std::string_view instance;
    const std::vector<FieldError>* fields;
    std::optional<int> retry_after_s;
};

std::string to_json(const Problem& problem) {
    json::Writer writer;
    writer.begin_object();
    writer.key("type").string("about:blank");
    writer.key("title").string(reason_phrase(problem.status));
    writer.key("status").integer(problem.status);
    writer.key("detail").string(problem.detail);
    writer.key("instance").string(problem.instance);
    if (problem.fields != nullptr && !problem.fields->empty()) {
        writer.key("errors").begin_array();
        for (const FieldError& error : *problem.fields) {
            writer.begin_object();
            writer.key("field").string(error.field);
            writer.key("message").string(error.message);
            writer.end_object();
        }
        writer.end_array();
    }
    writer.end_object();
    return std::move(writer).text();
}

Response respond(const Problem& problem) {
    Response response = Response::text(problem.status, to_json(problem), "application/problem+json");
    if (problem.status == 401) {
        response.headers.add("WWW-Authenticate", "Bearer");
    }
    const bool always_passes = problem.status == 429 || problem.status == 503;
    if (always_passes || problem.retry_after_s) {
        response.headers.add("Retry-After", std::to_string(problem.retry_after_s.value_or(1)));
    }
    return response;
}

} // namespace

int status_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::bad_request:
        return 400;
    case ErrorKind::unauthenticated:
        return 401;
    case ErrorKind::payment_declined:
        return 402;
    case ErrorKind::forbidden:
        return 403;
    case ErrorKind::not_found:
        return 404;
    case ErrorKind::conflict:
        return 409;
    case ErrorKind::invalid:
        return 422;
    case ErrorKind::too_many_requests:
        return 429;
    case ErrorKind::unavailable:
        return 503;
    }
    return 500;
}

Response problem(const Error& error, std::string_view instance) {
    return respond({.status = status_of(error.kind()),
                    .detail = error.message(),
                    .instance = instance,
                    .fields = &error.fields(),
                    .retry_after_s = error.retry_after_s()});
}

Response problem(int status, std::string detail, std::string_view instance) {
    return respond({.status = status,
                    .detail = detail,
                    .instance = instance,
                    .fields = nullptr,
                    .retry_after_s = std::nullopt});
}

} // namespace tandem::http
