#include "services/payment/infrastructure/http_provider.hpp"

#include "libs/json/json.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/log.hpp"
#include "libs/telemetry/metrics.hpp"
#include "libs/telemetry/trace.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::payment {
namespace {

using Kind = ProviderAnswer::Kind;

constexpr std::size_t message_bytes_max = 300;
constexpr std::size_t id_bytes_max = 255;

struct ChargeBody {
    std::int64_t order_id = 0;
    Money amount;
    std::string payment_method;
};
BOOST_DESCRIBE_STRUCT(ChargeBody, (), (order_id, amount, payment_method))

struct RefundBody {
    std::string charge_id;
};
BOOST_DESCRIBE_STRUCT(RefundBody, (), (charge_id))

struct ChargeAnswer {
    std::string id;
    std::optional<std::string> status{}; ///< "succeeded" or "refunded", in lists
};
BOOST_DESCRIBE_STRUCT(ChargeAnswer, (), (id, status))

struct ChargeList {
    std::vector<ChargeAnswer> charges;
};
BOOST_DESCRIBE_STRUCT(ChargeList, (), (charges))

struct DeclinedAnswer {
    std::string message;
};
BOOST_DESCRIBE_STRUCT(DeclinedAnswer, (), (message))

ProviderAnswer failure(const http::Response& response) {
    const Kind kind = response.status == 503 ? Kind::refused : Kind::unknown;
    return {kind, fmt::format("status {}", response.status)};
}

/// What the provider says goes on into events, mails and answers: a line, and not a long one.
std::string presentable(std::string message) {
    std::size_t end = std::min(message.size(), message_bytes_max);
    while (end < message.size() && end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0U) == 0x80U) {
        --end; // not in the middle of a character
    }
    message.resize(end);
    std::ranges::replace_if(message, [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
    return message.empty() ? "The card was declined." : message;
}

bool is_charge_id(std::string_view id) {
    return !id.empty() && id.size() <= id_bytes_max &&
           std::ranges::all_of(id, [](char c) { return c > ' ' && c < '\x7f'; });
}

ProviderAnswer read_charge(const http::Response& response) {
    if (response.status == 402) {
        auto declined = json::read<DeclinedAnswer>(response.body);
        return {Kind::declined, presentable(declined ? std::move(declined->message) : std::string())};
    }
    const auto charge = json::read<ChargeAnswer>(response.body);
    const bool charged = response.status == 201 && charge && is_charge_id(charge->id);
    return charged ? ProviderAnswer{Kind::charged, charge->id} : failure(response);
}

ProviderAnswer read_charges(const http::Response& response) {
    const auto list = json::read<ChargeList>(response.body);
    if (response.status != 200 || !list) {
        return failure(response);
    }
    if (!list->charges.empty() && !is_charge_id(list->charges.front().id)) {
        return failure(response);
    }
    return list->charges.empty() ? ProviderAnswer{Kind::no_charge, ""}
                                 : ProviderAnswer{Kind::charged, list->charges.front().id};
}

ProviderAnswer read_refund(const http::Response& response) {
    if (response.status == 409) { // an earlier call with this key is still under way: it may yet fail
        return {Kind::unknown, "an earlier refund call is still under way"};
    }
    return response.status == 201 ? ProviderAnswer{Kind::refunded, ""} : failure(response);
}

/// Refunded in full, whoever did it.
ProviderAnswer read_refunded(const http::Response& response) {
    const auto list = json::read<ChargeList>(response.body);
    if (response.status != 200 || !list) {
        return failure(response);
    }
    const bool all = !list->charges.empty() && std::ranges::all_of(list->charges, [](const auto& charge) {
        return charge.status == "refunded";
    });
    return all ? ProviderAnswer{Kind::refunded, ""} : ProviderAnswer{Kind::unknown, "not refunded yet"};
}

std::string_view word(Kind kind) {
    switch (kind) {
    case Kind::charged:
        return "charged";
    case Kind::declined:
        return "declined";
    case Kind::no_charge:
        return "no_charge";
    case Kind::refunded:
        return "refunded";
    case Kind::refused:
        return "refused";
    case Kind::unknown:
        return "unknown";
    }
    std::unreachable();
}

void record(const std::string& call, const ProviderAnswer& answer, std::chrono::nanoseconds duration) {
    telemetry::counter("tandem_payment_provider_calls_total",
                       "Calls of the payment provider.",
                       {{"call", call}, {"answer", std::string(word(answer.kind))}})
        .add();
    telemetry::histogram("tandem_payment_provider_duration_seconds",
                         "Time until the payment provider answered.",
                         {{"call", call}})
        .observe(duration);
}

http::Request post(std::string path, std::string key, std::string body) {
    http::Request request;
    request.method = http::Method::post;
    request.path = std::move(path);
    request.headers.add("Content-Type", "application/json");
    request.headers.add("Idempotency-Key", std::move(key));
    request.body = std::move(body);
    return request;
}

http::Request charges_of(OrderId order) {
    http::Request request;
    request.path = "/v1/charges";
    request.query = fmt::format("order_id={}", order.value());
    return request;
}

} // namespace

Task<ProviderAnswer> HttpProvider::charge(Purchase purchase) {
    const ChargeBody body{purchase.order.value(), purchase.amount, purchase.payment_method};
    http::Request request =
        post("/v1/charges", fmt::format("charge-order-{}", purchase.order.value()), json::write(body));
    auto answer = co_await call("charge", std::move(request), purchase, read_charge);
    co_return answer;
}

Task<ProviderAnswer> HttpProvider::find_charge(Purchase purchase) {
    http::Request question = charges_of(purchase.order);
    auto answer = co_await call("find", std::move(question), purchase, read_charges);
    co_return answer;
}

Task<ProviderAnswer> HttpProvider::refund(Purchase purchase, std::string transaction_id) {
    const RefundBody body{std::move(transaction_id)};
    http::Request request =
        post("/v1/refunds", fmt::format("refund-order-{}", purchase.order.value()), json::write(body));
    auto answer = co_await call("refund", std::move(request), purchase, read_refund);
    if (answer.kind == Kind::unknown) {
        http::Request question = charges_of(purchase.order);
        answer = co_await call("find refund", std::move(question), purchase, read_refunded);
    }
    co_return answer;
}

Task<ProviderAnswer>
HttpProvider::call(std::string name, http::Request request, Purchase purchase, Read read) {
    auto span = telemetry::Span::start("provider " + name, purchase.origin, telemetry::Span::Kind::client);
    span.about_order(purchase.order.value(), purchase.user.value());
    request.context = span.context();
    request.route = request.path;
    const auto begin = std::chrono::steady_clock::now();
    request.deadline = begin + timeout_;
    auto answer = co_await send(std::move(request), read);
    record(name, answer, std::chrono::steady_clock::now() - begin);
    span.attribute("tandem.provider.answer", word(answer.kind));
    if (answer.kind == Kind::declined) {
        span.fail(answer.text);
    }
    if (answer.kind == Kind::refused || answer.kind == Kind::unknown) {
        span.fail(answer.text);
        telemetry::log_warn("the provider did not answer a call",
                            {{"call", name},
                             {"answer", word(answer.kind)},
                             {"reason", answer.text},
                             {"traceparent", span.context().traceparent}});
    }
    co_return answer;
}

Task<ProviderAnswer> HttpProvider::send(http::Request request, Read read) {
    try {
        const auto response = co_await client_.send(endpoint_, std::move(request));
        co_return read(response);
    } catch (const http::NotSent& error) {
        co_return ProviderAnswer{Kind::refused, error.what()};
    } catch (const Unavailable& error) {
        co_return ProviderAnswer{Kind::unknown, error.what()};
    }
}

} // namespace tandem::payment
