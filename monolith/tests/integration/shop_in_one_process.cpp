#include "monolith/tests/integration/shop_in_one_process.hpp"

#include "libs/async/sleep.hpp"
#include "libs/json/json.hpp"
#include "libs/kernel/uuid.hpp"

#include <csignal>
#include <fstream>
#include <stdexcept>

namespace tandem::monolith {

BOOST_DESCRIBE_STRUCT(LedgerEntry, (), (sequence, kind, status, order_id, amount))

namespace {

using namespace std::chrono_literals;

constexpr auto patience = 90s;
constexpr auto look_every = 10ms;

struct LedgerPage {
    std::vector<LedgerEntry> entries;
};
BOOST_DESCRIBE_STRUCT(LedgerPage, (), (entries))

} // namespace

ShopInOneProcess::ShopInOneProcess()
    : folder_(std::filesystem::temp_directory_path() / ("monolith-" + uuid_v7())),
      client_(loop_.get_executor(), {.request_timeout = patience}) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "key.pem") << key_.to_pem();
    pool_.start();
    restart_provider();
}

void ShopInOneProcess::restart_provider() {
    provider_.reset();
    provider_ = start(PAYMENT_PROVIDER_PROGRAM,
                      {{"PORT", std::to_string(provider_at_.port)},
                       {"PAYMENT_DELAY_MS", "20"},
                       {"LOST_ANSWER_MS", "3000"},
                       {"LEDGER_FILE", folder_ / "ledger.jsonl"}});
    until("the provider", [&] { return testing::port_answers(provider_at_.port); });
}

ShopInOneProcess::~ShopInOneProcess() {
    monolith_.reset(); // what is on its way ends without an answer
    testing::run(loop_, calls_.join());
    testing::run(loop_, pool_.close(std::chrono::steady_clock::now()));
    provider_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::unique_ptr<testing::ChildProcess> ShopInOneProcess::start(const std::string& program,
                                                               const Settings& settings) const {
    std::vector<std::string> environment;
    for (const auto& [name, value] : settings) {
        environment.push_back(name + "=" + value);
    }
    return std::make_unique<testing::ChildProcess>(
        "", std::vector<std::string>{program}, environment, folder_ / "log");
}

void ShopInOneProcess::launch(Settings settings) {
    settings.merge(Settings{{"PORT", std::to_string(monolith_at_.port)},
                            {"DATABASE_URL", database_url_},
                            {"PROVIDER_URL", "http://" + provider_at_.to_string()},
                            {"PROVIDER_TIMEOUT_MS", "1500"},
                            {"PROVIDER_SETTLE_MS", "2000"},
                            {"SMTP_URL", mail.url()},
                            {"EMAIL_DELAY_MS", "0"},
                            {"REQUEST_TIMEOUT_MS", "60000"},
                            {"RATE_LIMIT_PER_S", "0"},
                            {"SIGNING_KEY_FILE", folder_ / "key.pem"}});
    settings_ = std::move(settings);
    monolith_ = start(MONOLITH_PROGRAM, settings_);
}

void ShopInOneProcess::open(Settings settings) {
    launch(std::move(settings));
    until("the monolith", [&] { return running() && get("/health/ready").status == 200; });
}

void ShopInOneProcess::kill() {
    monolith_.reset();
}

void ShopInOneProcess::reopen() {
    open(settings_);
}

int ShopInOneProcess::close() {
    ::kill(monolith_->pid(), SIGTERM);
    return monolith_->wait();
}

Task<> ShopInOneProcess::follow(std::shared_ptr<Call> call, http::Request request) {
    try {
        call->answer = co_await client_.send(monolith_at_, std::move(request));
    } catch (const Unavailable&) {
        call->broken = true;
    }
    call->place = ++ended_calls_;
}

CallPointer ShopInOneProcess::begin(http::Request request) {
    auto call = std::make_shared<Call>();
    calls_.spawn("call", follow(call, std::move(request)));
    return call;
}

http::Response ShopInOneProcess::wait_for(const CallPointer& call) {
    until("an answer", [&] { return call->ended(); });
    if (call->broken) {
        throw Unavailable("no answer");
    }
    return *call->answer;
}

http::Request ShopInOneProcess::request(http::Method method,
                                        std::string path,
                                        const std::string& token,
                                        std::string body) const {
    http::Request request;
    request.method = method;
    request.path = std::move(path);
    request.deadline = std::chrono::steady_clock::now() + patience;
    if (!token.empty()) {
        request.headers.set("Authorization", "Bearer " + token);
    }
    if (!body.empty()) {
        request.headers.set("Content-Type", "application/json");
    }
    request.body = std::move(body);
    return request;
}

std::string ShopInOneProcess::token(std::int64_t user, auth::Role role) const {
    const Timestamp now = SystemClock().now();
    return key_.sign({.principal = {user, "user" + std::to_string(user) + "@example.com", role},
                      .issuer = "tandem",
                      .audience = "tandem-shop",
                      .issued_at = now,
                      .expires_at = now + 1h,
                      .token_id = uuid_v7()});
}

http::Response ShopInOneProcess::get(std::string path, const std::string& token) {
    return call(request(http::Method::get, std::move(path), token));
}

http::Response ShopInOneProcess::ask_provider(http::Method method, std::string path, std::string body) {
    http::Request asked = request(method, std::move(path), "", std::move(body));
    asked.query = method == http::Method::get ? "limit=1000" : "";
    return testing::run(loop_, client_.send(provider_at_, std::move(asked)));
}

void ShopInOneProcess::provider_behaves(const std::string& change) {
    const auto response = ask_provider(http::Method::put, "/v1/behaviour", change);
    if (response.status != 200) {
        throw std::runtime_error("the provider refuses to behave so: " + response.body);
    }
}

std::vector<LedgerEntry> ShopInOneProcess::ledger() {
    return json::read<LedgerPage>(ask_provider(http::Method::get, "/v1/ledger").body)->entries;
}

int ShopInOneProcess::calls_at_provider() {
    constexpr std::string_view gauge = "\ntandem_http_requests_in_progress";
    const std::string metrics = ask_provider(http::Method::get, "/metrics").body;
    const auto value = metrics.find(' ', metrics.find(gauge) + gauge.size());
    const int question_itself = 1;
    return std::stoi(metrics.substr(value)) - question_itself;
}

postgres::Rows ShopInOneProcess::rows(std::string_view sql) {
    return testing::run(loop_, pool_.query({sql, sql}, postgres::Params()));
}

std::int64_t ShopInOneProcess::number(std::string_view sql) {
    return rows(sql)[0].integer(0);
}

std::string ShopInOneProcess::text(std::string_view sql) {
    return rows(sql)[0].text(0);
}

void ShopInOneProcess::until(const std::string& what, const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    const auto holds = [&] {
        try {
            return condition();
        } catch (const Unavailable&) {
            return false;
        }
    };
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("in vain waited for " + what);
        }
        testing::run(loop_, async::sleep_for(look_every));
    }
}

} // namespace tandem::monolith
