#pragma once

#include "libs/async/task_group.hpp"
#include "libs/auth/token.hpp"
#include "libs/http/client.hpp"
#include "libs/kernel/money.hpp"
#include "libs/postgres/pool.hpp"
#include "libs/testing/child_process.hpp"
#include "libs/testing/postgres_server.hpp"
#include "libs/testing/run.hpp"
#include "monolith/tests/integration/mail_sink.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::monolith {

/// A request that is on its way, or has ended.
struct Call {
    std::optional<http::Response> answer;
    bool broken = false; ///< it ended without an answer
    int place = 0;       ///< in the order of their ends; 0 while it is on its way

    bool ended() const { return place > 0; }
    int status() const { return answer ? answer->status : 0; }
};
using CallPointer = std::shared_ptr<const Call>;

/// One line of the provider's ledger.
struct LedgerEntry {
    std::int64_t sequence = 0;
    std::string kind;   ///< "charge", "refund"
    std::string status; ///< "succeeded", "declined"
    std::int64_t order_id = 0;
    Money amount;
};

/// The monolith and the payment provider as the programs that they are, on a real PostgreSQL, with
/// a mail server that keeps what it is sent. The test is the customers, and their browser.
class ShopInOneProcess {
public:
    using Settings = std::map<std::string, std::string>;

    ShopInOneProcess();
    ~ShopInOneProcess();

    /// Starts the monolith with the usual settings, but for these; waits until it is ready.
    void open(Settings settings = {});
    void launch(Settings settings = {}); ///< without waiting
    void kill();                         ///< SIGKILL
    void reopen();                       ///< with the settings it had
    int close();                         ///< SIGTERM; its exit code
    bool running() { return monolith_ && monolith_->running(); }

    CallPointer begin(http::Request request);
    http::Response wait_for(const CallPointer& call);
    http::Response call(http::Request request) { return wait_for(begin(std::move(request))); }
    http::Request request(http::Method method,
                          std::string path,
                          const std::string& token = "",
                          std::string body = "") const;
    std::string token(std::int64_t user, auth::Role role = auth::Role::customer) const;
    http::Response get(std::string path, const std::string& token = "");

    void restart_provider(); ///< SIGKILL before
    /// PUT /v1/behaviour.
    void provider_behaves(const std::string& change);
    std::vector<LedgerEntry> ledger();
    /// Requests that the provider is answering.
    int calls_at_provider();

    /// Of the first row and column. `sql` must be a literal.
    std::int64_t number(std::string_view sql);
    std::string text(std::string_view sql);
    postgres::Rows rows(std::string_view sql);

    /// Runs the loop until the condition holds; one that throws Unavailable does not yet.
    void until(const std::string& what, const std::function<bool()>& condition);

    MailSink mail;

private:
    std::unique_ptr<testing::ChildProcess> start(const std::string& program, const Settings& settings) const;
    http::Response ask_provider(http::Method method, std::string path, std::string body = "");
    Task<> follow(std::shared_ptr<Call> call, http::Request request);

    boost::asio::io_context loop_;
    std::filesystem::path folder_;
    auth::SigningKey key_ = auth::SigningKey::generate();
    std::string database_url_ = testing::PostgresServer::shared().new_database();
    http::Endpoint provider_at_{"127.0.0.1", testing::free_port()};
    http::Endpoint monolith_at_{"127.0.0.1", testing::free_port()};
    http::Client client_;
    async::TaskGroup calls_{loop_.get_executor()};
    postgres::Pool pool_{loop_.get_executor(), {.url = database_url_}};
    std::unique_ptr<testing::ChildProcess> provider_;
    std::unique_ptr<testing::ChildProcess> monolith_;
    Settings settings_;
    int ended_calls_ = 0;
};

} // namespace tandem::monolith
