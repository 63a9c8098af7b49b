#include "services/order/core/checkout_once.hpp"

#include "libs/kernel/unavailable.hpp"

#include <exception>
#include <stdexcept>

namespace tandem::order {

Task<Result<CheckoutAnswer>> CheckoutOnce::run(CheckoutRequest request,
                                               std::optional<KeyedRequest> keyed,
                                               int answer_status,
                                               Caller caller) {
    if (keyed) {
        auto answer = co_await run_keyed(std::move(request), *std::move(keyed), answer_status, caller);
        co_return answer;
    }
    const auto prepared = co_await checkout_.prepare(std::move(request), caller);
    if (!prepared) {
        co_return fail(prepared.error());
    }
    auto order = co_await (*prepared)->store(std::string(), caller);
    if (!order) {
        co_return fail(std::move(order.error()));
    }
    if (!*order) {
        throw std::logic_error("an order without a key was taken for one that exists");
    }
    co_return CheckoutAnswer{**std::move(order), answer_status, false};
}

Task<Result<CheckoutAnswer>>
CheckoutOnce::run_keyed(CheckoutRequest request, KeyedRequest keyed, int answer_status, Caller caller) {
    const IdempotencyKey key{caller.user, std::move(keyed.key)};
    Claim claim = co_await keys_.claim(key, keyed.canonical_request, answer_status, caller.deadline);
    if (claim.kind == Claim::Kind::claimed) {
        auto order = co_await run_claimed(std::move(request), key, std::move(claim), caller);
        if (!order) {
            co_return fail(std::move(order.error()));
        }
        if (*order) {
            co_return CheckoutAnswer{**std::move(order), answer_status, false};
        }
        // An earlier holder was only slow, and has stored its order meanwhile.
        claim = co_await keys_.claim(key, keyed.canonical_request, answer_status, caller.deadline);
    }
    auto again = co_await repeat(std::move(claim));
    co_return again;
}

Task<Result<CheckoutAnswer>> CheckoutOnce::repeat(Claim claim) {
    switch (claim.kind) {
    case Claim::Kind::answered:
        break;
    case Claim::Kind::other_request:
        co_return fail(Error(ErrorKind::invalid,
                             "This Idempotency-Key was used for another request.",
                             {{"Idempotency-Key", "was used for another request"}}));
    case Claim::Kind::claimed:
    case Claim::Kind::running:
        // Retry-After tells it from conflicts that will not pass.
        co_return fail(Error(ErrorKind::conflict,
                             "The first request with this Idempotency-Key is still being worked on.")
                           .retry_after(1));
    }
    auto answer = co_await replay(std::move(claim));
    co_return answer;
}

Task<Result<std::optional<StoredOrder>>>
CheckoutOnce::run_claimed(CheckoutRequest request, IdempotencyKey key, Claim claim, Caller caller) {
    auto prepared = co_await prepare_or_release(std::move(request), key, claim, caller);
    if (!prepared) {
        co_return fail(prepared.error());
    }
    auto order =
        co_await store_or_release(*std::move(prepared), std::move(key), std::move(claim), std::move(caller));
    co_return order;
}

Task<Result<CheckoutOnce::Prepared>>
CheckoutOnce::prepare_or_release(CheckoutRequest request, IdempotencyKey key, Claim claim, Caller caller) {
    std::exception_ptr failure;
    Result<Prepared> prepared;
    try {
        prepared = co_await checkout_.prepare(std::move(request), caller);
    } catch (const std::exception&) {
        failure = std::current_exception();
    }
    if (failure || !prepared) {
        co_await keys_.release(std::move(key), std::move(claim.lease));
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
    co_return prepared;
}

Task<Result<std::optional<StoredOrder>>>
CheckoutOnce::store_or_release(Prepared prepared, IdempotencyKey key, Claim claim, Caller caller) {
    std::exception_ptr late;
    Result<std::optional<StoredOrder>> order;
    try {
        order = co_await prepared->store(key.key, std::move(caller));
    } catch (const DeadlineExceeded&) {
        late = std::current_exception();
    }
    // After any other exception the order may have been stored: then the key stays claimed until its
    // lease ends, and the next request with it finds out.
    if (late || !order) {
        co_await keys_.release(std::move(key), std::move(claim.lease));
    }
    if (late) {
        std::rethrow_exception(late);
    }
    co_return order;
}

Task<Result<CheckoutAnswer>> CheckoutOnce::replay(Claim claim) {
    const auto stored = co_await orders_.find(claim.order);
    const auto history = co_await orders_.history(claim.order);
    if (!stored || history.empty()) {
        throw std::logic_error("an idempotency key names an order that is not there");
    }
    // What was stored together with the order carries its moment: that is what the first answer showed.
    Order as_placed;
    for (const RecordedEvent& event : history) {
        if (event.at == history.front().at) {
            as_placed.apply(event.event, event.at);
        }
    }
    co_return CheckoutAnswer{{as_placed.state(), stored->processing_duration_ms}, claim.answer_status, true};
}

} // namespace tandem::order
