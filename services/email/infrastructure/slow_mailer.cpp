#include "services/email/infrastructure/slow_mailer.hpp"

#include "libs/async/sleep.hpp"

namespace tandem::email {

Task<MailReceipt> SlowMailer::send(Mail mail) {
    if (delay_.count() > 0) {
        co_await async::sleep_for(delay_);
    }
    auto receipt = co_await mailer_.send(std::move(mail));
    co_return receipt;
}

} // namespace tandem::email
