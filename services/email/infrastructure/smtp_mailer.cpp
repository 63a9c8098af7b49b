#include "services/email/infrastructure/smtp_mailer.hpp"

#include "libs/async/keep_going.hpp"
#include "libs/kernel/unavailable.hpp"
#include "libs/telemetry/trace.hpp"
#include "services/email/infrastructure/smtp_session.hpp"

#include <mutex>
#include <vector>

namespace tandem::email {
namespace {

constexpr std::size_t queue_max = 4'096; // more than any consumer's prefetch

} // namespace

/// Sessions that no thread is using.
class SmtpMailer::Connections {
public:
    explicit Connections(SmtpOptions options) : options_(std::move(options)) {
        static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
        if (initialised != CURLE_OK) {
            throw std::runtime_error("libcurl does not start");
        }
    }

    /// On a thread of the pool. A session that failed is closed, not kept.
    MailReceipt send(const Mail& mail, Timestamp now) {
        std::unique_ptr<SmtpSession> session = take();
        MailReceipt receipt = session->send(mail, now);
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(session));
        return receipt;
    }
    /// True when the server answers. On a thread of its own.
    bool probe() const {
        SmtpSession session(options_);
        return session.probe();
    }
    const SmtpOptions& options() const { return options_; }

private:
    std::unique_ptr<SmtpSession> take() {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) {
            return std::make_unique<SmtpSession>(options_);
        }
        auto session = std::move(idle_.back());
        idle_.pop_back();
        return session;
    }

    const SmtpOptions options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<SmtpSession>> idle_; // guarded by mutex_
};

SmtpMailer::SmtpMailer(Executor executor, SmtpOptions options, const Clock& clock)
    : clock_(clock), connections_(std::make_shared<Connections>(std::move(options))),
      threads_(executor, "smtp", connections_->options().connections, queue_max),
      prober_(executor, "smtp probe", 1, 1) {}

SmtpMailer::~SmtpMailer() = default;

void SmtpMailer::start(async::TaskGroup& tasks) {
    const auto pause = connections_->options().probe_interval;
    tasks.spawn("mail server", async::repeat("mail server", pause, [this] { return look_for_server(); }));
}

Task<> SmtpMailer::look_for_server() {
    if (reachable_) {
        co_return;
    }
    const auto job = [connections = connections_] { return connections->probe(); };
    const auto answered = co_await prober_.run(job);
    reachable_ = reachable_ || answered.value_or(false);
}

Task<MailReceipt> SmtpMailer::send(Mail mail) {
    auto span = telemetry::Span::start("SMTP send", mail.context, telemetry::Span::Kind::client);
    span.attribute("network.protocol.name", "smtp");
    span.attribute("tandem.mail.message_id", mail.message_id);
    const auto job = [connections = connections_, mail = std::move(mail), now = clock_.now()] {
        return connections->send(mail, now);
    };
    std::optional<MailReceipt> receipt;
    try {
        receipt = co_await threads_.run(job);
    } catch (const Unavailable& away) {
        span.fail(away.what());
        reachable_ = false;
        throw;
    }
    if (!receipt) {
        throw Unavailable("too many mails wait for the mail server");
    }
    reachable_ = true;
    if (!receipt->accepted) {
        span.fail("the mail server refuses this recipient");
    }
    co_return *std::move(receipt);
}

} // namespace tandem::email
