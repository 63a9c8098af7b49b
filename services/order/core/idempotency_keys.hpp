#pragma once

#include "libs/kernel/task.hpp"
#include "services/order/core/deadline.hpp"
#include "services/order/domain/order_events.hpp"

#include <string>

namespace tandem::order {

/// A client's name for one checkout, so that it can ask again without buying twice.
struct IdempotencyKey {
    UserId user;
    std::string key;
};

/// What became of the wish to work under a key.
struct Claim {
    enum class Kind {
        claimed,       ///< go on; nobody else works under this key until the lease ends
        running,       ///< somebody does
        other_request, ///< the key stands for another request
        answered,      ///< `order` is stored; `answer_status` is its answer's
    };
    Kind kind = Kind::claimed;
    OrderId order;
    int answer_status = 0;
    std::string lease; ///< names this claim when it is claimed
};

/// The keys in use. A claim is a lease: a process that dies does not block its key for ever, and
/// that an order carries its key, uniquely, keeps a process that was only slow from storing a second.
class IdempotencyKeys {
public:
    virtual ~IdempotencyKeys() = default;

    /// `request` is the request's canonical text: equal texts are the same request.
    /// `answer_status` is what a success will be answered with, to be repeated later.
    virtual Task<Claim>
    claim(IdempotencyKey key, std::string request, int answer_status, Deadline begin_by) = 0;

    /// Frees the key when nothing was stored under it, so that the next request may use it. Not bound
    /// to the caller's deadline: who has given up comes again, and should not find the key taken.
    virtual Task<> release(IdempotencyKey key, std::string lease) = 0;
};

} // namespace tandem::order
