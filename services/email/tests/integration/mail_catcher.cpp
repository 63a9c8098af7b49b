#include "services/email/tests/integration/mail_catcher.hpp"

#include "libs/json/json.hpp"

#include <cstdlib>
#include <curl/curl.h>
#include <fmt/format.h>
#include <stdexcept>
#include <thread>

namespace tandem::email {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto start_timeout = 60s;

struct MailSummary {
    std::string id;
    std::string subject;
    std::string text;
    std::string html;
};
BOOST_DESCRIBE_STRUCT(MailSummary, (), (id, subject, text, html))

std::size_t append(char* data, std::size_t size, std::size_t count, void* text) {
    static_cast<std::string*>(text)->append(data, size * count);
    return size * count;
}

fs::path program() {
    const fs::path path = fs::absolute("tools/mail-catcher/node_modules/maildev/dist/bin/maildev.js");
    if (!fs::exists(path)) {
        throw std::runtime_error("the mail catcher is missing: run `npm ci` in tools/mail-catcher (" +
                                 path.string() + ")");
    }
    return path;
}

} // namespace

MailCatcher::MailCatcher() {
    std::string pattern = (fs::temp_directory_path() / "tandem-mail-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot create a folder for mails");
    }
    folder_ = pattern;
}

MailCatcher::~MailCatcher() {
    kill();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void MailCatcher::start() {
    const std::vector<std::string> command{"node",
                                           program().string(),
                                           "--smtp",
                                           std::to_string(smtp_port_),
                                           "--ip",
                                           "127.0.0.1",
                                           "--web",
                                           std::to_string(web_port_),
                                           "--web-ip",
                                           "127.0.0.1",
                                           "--mail-directory",
                                           (folder_ / "mails").string(),
                                           "--silent"};
    const char* path =
        std::getenv("PATH"); // names the Node.js that ./tandem brought, where the system's is old
    const std::vector<std::string> environment{
        "PATH=" + std::string(path == nullptr ? "/usr/bin:/bin" : path), "HOME=" + folder_.string()};
    process_.emplace("", command, environment, folder_ / "catcher.log");
    const auto deadline = std::chrono::steady_clock::now() + start_timeout;
    while (!testing::port_answers(smtp_port_) || !testing::port_answers(web_port_)) {
        if (std::chrono::steady_clock::now() > deadline || !process_->running()) {
            throw std::runtime_error("the mail catcher does not start");
        }
        std::this_thread::sleep_for(20ms);
    }
}

void MailCatcher::kill() {
    process_.reset();
}

std::string MailCatcher::smtp_url() const {
    return fmt::format("smtp://127.0.0.1:{}", smtp_port_);
}

std::string MailCatcher::get(const std::string& path) const {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    const std::string url = fmt::format("http://127.0.0.1:{}{}", web_port_, path);
    std::string body;
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
    const CURLcode outcome = curl_easy_perform(curl.get());
    if (outcome != CURLE_OK) {
        throw std::runtime_error(fmt::format("GET {}: {}", url, curl_easy_strerror(outcome)));
    }
    return body;
}

std::vector<CaughtMail> MailCatcher::mails_to(const std::string& address) const {
    const auto summaries = json::read<std::vector<MailSummary>>(get("/api/email?to.address=" + address));
    if (!summaries) {
        throw std::runtime_error(summaries.error().message());
    }
    std::vector<CaughtMail> mails;
    for (const MailSummary& mail : *summaries) {
        mails.push_back(
            {mail.id, mail.subject, mail.text, mail.html, get("/api/email/" + mail.id + "/source")});
    }
    return mails;
}

std::size_t MailCatcher::count() const {
    const auto summaries = json::read<std::vector<MailSummary>>(get("/api/email"));
    return summaries ? summaries->size() : 0;
}

} // namespace tandem::email
