#pragma once

#include "libs/testing/child_process.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tandem::email {

/// A mail as the catcher tells of it.
struct CaughtMail {
    std::string id;
    std::string subject;
    std::string text;
    std::string html;
    std::string source; ///< as it came over the wire
};

/// The mail catcher that the shop itself uses (maildev 3), on free ports, with its own folder. Its
/// package comes from tools/mail-catcher; where it is missing the constructor says how to get it.
class MailCatcher {
public:
    MailCatcher();
    ~MailCatcher();

    void start(); ///< waits until it answers
    void kill();
    std::string smtp_url() const;
    /// Everything that was caught for an address; at most a page.
    std::vector<CaughtMail> mails_to(const std::string& address) const;
    std::size_t count() const;

private:
    std::string get(const std::string& path) const;

    std::filesystem::path folder_;
    std::uint16_t smtp_port_ = testing::free_port();
    std::uint16_t web_port_ = testing::free_port();
    std::optional<testing::ChildProcess> process_;
};

} // namespace tandem::email
