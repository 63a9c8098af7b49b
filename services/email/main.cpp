#include "services/email/api/mail_consumer.hpp"
#include "services/email/config.hpp"
#include "services/email/infrastructure/published_mail_news.hpp"
#include "services/email/infrastructure/slow_mailer.hpp"

namespace tandem::email {
namespace {

int serve(const Config& config) {
    runtime::Service service(config.service);
    const SystemClock clock;
    const messaging::BrokerOptions broker{.url = config.rabbitmq_url, .app_id = config.service.name};
    messaging::Publisher publisher(service.executor(), broker);

    SmtpMailer smtp(service.executor(), config.smtp, clock);
    SlowMailer mailer(smtp, config.email_delay);
    PublishedMailNews news(publisher, clock);
    SendMail send_mail(mailer, news, "tandem." + std::string(domain_of(config.smtp.from)));

    const auto& queue = messaging::shop_queue("email_service_queue");
    MailConsumer mails(send_mail, queue.attempts_max());
    const auto handle = [&](auto batch) { return mails.handle(std::move(batch)); };
    const auto in_progress = static_cast<std::size_t>(config.email_concurrency);
    const messaging::ConsumerOptions limits{
        .prefetch = static_cast<std::uint16_t>(2 * in_progress), .batch_max = 1, .concurrency = in_progress};
    messaging::Consumer consumer(service.executor(), broker, queue, limits, publisher, handle);

    service.add_check("broker", [&] { return publisher.ready() && consumer.ready(); });
    service.add_check("mail server", [&] { return smtp.ready(); });
    service.on_stop("consumer", [&](auto) { return consumer.stop(); });
    smtp.start(service.tasks());
    publisher.start();
    consumer.start();
    return service.run();
}

} // namespace
} // namespace tandem::email

int main(int argc, char** argv) {
    const auto config = tandem::email::read_config(argc, argv);
    return config ? tandem::email::serve(*config) : config.error();
}
