#pragma once

#include "lab/auditor/records.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the auditor reads of the events' bodies, as docs/api/asyncapi.yaml describes them. Each gives nothing
/// for a body that is not so.
namespace tandem::audit {

struct CreatedBody {
    std::int64_t order_id = 0;
    std::int64_t user_id = 0;
    std::string user_email;
    std::vector<ItemRow> items;
    Money total;
    std::string payment_method;
    std::string shipping_address; ///< JSON text, empty for none
};
std::optional<CreatedBody> read_created(std::string_view body);

struct OutcomeBody {
    std::string reason;
    std::string error_message;
};
std::optional<OutcomeBody> read_outcome(std::string_view body);

/// The payment in order.paid, payment.refunded and some order.failed; `status` is left to the caller.
std::optional<PaymentNote> read_payment_note(std::string_view body);
/// Has the body a payment at all?
bool names_payment(std::string_view body);

/// Of email.sent and email.failed.
struct MailBody {
    std::string template_name;
    std::string message_id;
};
std::optional<MailBody> read_mail(std::string_view body);

} // namespace tandem::audit
