#include "payment-provider/provider_routes.hpp"

#include "libs/async/sleep.hpp"
#include "libs/json/json.hpp"

namespace tandem::provider {
namespace {

struct ChargeAnswer {
    std::string id;
    std::int64_t order_id = 0;
    Money amount;
    Money refunded_amount;
    std::string status;
    std::string payment_method;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(ChargeAnswer,
                      (),
                      (id, order_id, amount, refunded_amount, status, payment_method, created_at))

struct RefundAnswer {
    std::string id;
    std::string charge_id;
    std::int64_t order_id = 0;
    Money amount;
    std::string status;
    Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(RefundAnswer, (), (id, charge_id, order_id, amount, status, created_at))

struct ChargeList {
    std::vector<ChargeAnswer> charges;
};
BOOST_DESCRIBE_STRUCT(ChargeList, (), (charges))

struct Declined {
    std::string code;
    std::string message;
    std::string charge_id;
};
BOOST_DESCRIBE_STRUCT(Declined, (), (code, message, charge_id))

struct LedgerPage {
    std::vector<json::Raw> entries;
    std::optional<std::int64_t> next_after;
};
BOOST_DESCRIBE_STRUCT(LedgerPage, (), (entries, next_after))

/// Every member may be left out: then it stays as it is.
struct BehaviourChange {
    std::optional<std::int64_t> delay_ms;
    std::optional<std::int64_t> jitter_ms;
    std::optional<double> failure_rate;
    std::optional<bool> outage;
    std::optional<double> lose_answer_rate;
};
BOOST_DESCRIBE_STRUCT(BehaviourChange, (), (delay_ms, jitter_ms, failure_rate, outage, lose_answer_rate))

ChargeAnswer to_answer(const CardNetwork::Charge& charge) {
    const Entry& entry = charge.entry;
    const std::string status = charge.refunded == entry.amount ? "refunded" : "succeeded";
    return {entry.id(),
            entry.order_id,
            entry.amount,
            charge.refunded,
            status,
            entry.payment_method,
            entry.created_at};
}

http::Response to_response(const Entry& entry) {
    if (entry.status == Status::declined) {
        const Declined declined{"card_declined", "The card was declined.", entry.id()};
        return http::Response::json(402, json::write(declined));
    }
    if (entry.kind == Kind::refund) {
        const RefundAnswer refund{
            entry.id(), entry.charge_id(), entry.order_id, entry.amount, "succeeded", entry.created_at};
        return http::Response::json(201, json::write(refund));
    }
    return http::Response::json(201, json::write(to_answer({entry, Money()})));
}

Result<std::string> idempotency_key(const http::Request& request) {
    const std::string_view key = request.headers.get("Idempotency-Key");
    if (key.empty() || key.size() > CardNetwork::key_bytes_max) {
        return fail(ErrorKind::bad_request, "The header Idempotency-Key must have 1 to 255 characters.");
    }
    return std::string(key);
}

} // namespace

void ProviderRoutes::mount(http::Router& router) {
    using http::Method;
    using http::Request;
    router.add(Method::post, "/v1/charges", [this](Request request) { return charge(std::move(request)); });
    router.add(Method::get, "/v1/charges", [this](Request request) { return charges(std::move(request)); });
    router.add(Method::post, "/v1/refunds", [this](Request request) { return refund(std::move(request)); });
    router.add(Method::get, "/v1/ledger", [this](Request request) { return ledger(std::move(request)); });
    router.add(
        Method::get, "/v1/behaviour", [this](Request request) { return behaviour(std::move(request)); });
    router.add(Method::put, "/v1/behaviour", [this](Request request) { return behave(std::move(request)); });
}

Task<http::Response> ProviderRoutes::charge(http::Request request) {
    const auto key = idempotency_key(request);
    if (!key) {
        co_return http::problem(key.error(), request.path);
    }
    const auto body = json::read<ChargeRequest>(request.body);
    if (!body) {
        co_return http::problem(body.error(), request.path);
    }
    auto outcome = co_await network_.charge(*key, *body);
    auto response = co_await answer(std::move(outcome), request.path);
    co_return response;
}

Task<http::Response> ProviderRoutes::refund(http::Request request) {
    const auto key = idempotency_key(request);
    if (!key) {
        co_return http::problem(key.error(), request.path);
    }
    const auto body = json::read<RefundRequest>(request.body);
    if (!body) {
        co_return http::problem(body.error(), request.path);
    }
    auto outcome = co_await network_.refund(*key, *body);
    auto response = co_await answer(std::move(outcome), request.path);
    co_return response;
}

Task<http::Response> ProviderRoutes::answer(Result<Outcome> outcome, std::string path) {
    if (!outcome) {
        co_return http::problem(outcome.error(), path);
    }
    switch (outcome->answer) {
    case Outcome::Answer::broken:
        co_return http::problem(500, "The card network failed.", path);
    case Outcome::Answer::lost:
        co_await async::sleep_for(silence_);
        co_return http::problem(504, "The answer was lost.", path);
    case Outcome::Answer::given:
        co_return to_response(outcome->entry);
    case Outcome::Answer::repeated:
        break;
    }
    http::Response response = to_response(outcome->entry);
    response.headers.set("Idempotency-Replayed", "true");
    co_return response;
}

Task<http::Response> ProviderRoutes::charges(http::Request request) {
    const auto order_id = request.integer_query("order_id", 0, 1, std::numeric_limits<std::int64_t>::max());
    if (!order_id || *order_id == 0) {
        const Error missing(ErrorKind::invalid, "The query parameter order_id is needed.");
        co_return http::problem(order_id ? missing : order_id.error(), request.path);
    }
    const auto found = co_await network_.charges_of(*order_id);
    if (!found) {
        co_return http::problem(found.error(), request.path);
    }
    ChargeList list;
    for (const CardNetwork::Charge& charge : *found) {
        list.charges.push_back(to_answer(charge));
    }
    co_return http::Response::json(200, json::write(list));
}

Task<http::Response> ProviderRoutes::ledger(http::Request request) {
    const auto after = request.integer_query("after", 0, 0, std::numeric_limits<std::int64_t>::max() - 1);
    const auto limit = request.integer_query("limit", 100, 1, 1000);
    if (!after || !limit) {
        co_return http::problem(after ? limit.error() : after.error(), request.path);
    }
    const auto entries = co_await network_.page(*after, static_cast<std::size_t>(*limit));
    LedgerPage page;
    for (const Entry& entry : entries) {
        page.entries.push_back({to_json(entry)});
    }
    if (!entries.empty()) {
        page.next_after = entries.back().sequence;
    }
    co_return http::Response::json(200, json::write(page));
}

Task<http::Response> ProviderRoutes::behaviour(http::Request) {
    co_return http::Response::json(200, json::write(network_.behaviour()));
}

Task<http::Response> ProviderRoutes::behave(http::Request request) {
    const auto change = json::read<BehaviourChange>(request.body);
    if (!change) {
        co_return http::problem(change.error(), request.path);
    }
    const Behaviour& now = network_.behaviour();
    const auto changed = network_.behave({change->delay_ms.value_or(now.delay_ms),
                                          change->jitter_ms.value_or(now.jitter_ms),
                                          change->failure_rate.value_or(now.failure_rate),
                                          change->outage.value_or(now.outage),
                                          change->lose_answer_rate.value_or(now.lose_answer_rate)});
    if (!changed) {
        co_return http::problem(changed.error(), request.path);
    }
    co_return http::Response::json(200, json::write(network_.behaviour()));
}

} // namespace tandem::provider
