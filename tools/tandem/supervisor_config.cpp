#include "tools/tandem/supervisor_config.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/problem.hpp"

#include <functional>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tandem::local {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char letter : text) {
        out += letter;
        if (letter == '%') {
            out += '%'; // begins an expansion
        }
    }
    return out;
}

/// supervisord knows no escapes inside quotes.
std::string quoted(const std::string& what, const std::string& text) {
    const bool has_double = text.find('"') != std::string::npos;
    const bool has_single = text.find('\'') != std::string::npos;
    if ((has_double && has_single) || text.find_first_of("\n\r") != std::string::npos) {
        give_up("{}: line breaks, or both kinds of quotes in one value, cannot be passed on", what);
    }
    const char quote = has_double ? '\'' : '"';
    return quote + escaped(text) + quote;
}

std::string command_text(const Shop& shop, const Part& part) {
    std::vector<std::string> words{"setpriv", "--pdeathsig", part.stop_signal};
    const std::vector<std::string> as_user = run_as(shop, part.user);
    if (!as_user.empty()) {
        words.insert(words.end(), as_user.begin() + 1, as_user.end());
    }
    words.insert(words.end(), part.command.begin(), part.command.end());
    std::string text;
    for (const std::string& word : words) {
        text += text.empty() ? "" : " ";
        text += word.find_first_of(" \"';{}") == std::string::npos ? escaped(word) : quoted(part.name, word);
    }
    return text;
}

/// A change of a configuration file becomes a change of the program, so that `up` restarts it.
std::string configuration_mark(const Part& part) {
    std::string all;
    for (const auto& [file, content] : part.configuration) {
        all += fmt::format("{}\n{}\n", file, content);
    }
    return fmt::format("{:x}", std::hash<std::string>{}(all));
}

std::string environment_text(const Shop& shop, const Part& part) {
    std::map<std::string, std::string> all = part.environment;
    all["TANDEM_STATE"] = shop.state.string();
    all["TANDEM_CONFIGURATION"] = configuration_mark(part);
    std::string text;
    for (const auto& [name, value] : all) {
        text += fmt::format("{}{}={}", text.empty() ? "" : ",", name, quoted(name, value));
    }
    return text;
}

std::string program_section(const Shop& shop, const Part& part) {
    return fmt::format("\n[program:{}]\n"
                       "command={}\n"
                       "environment={}\n"
                       "directory={}\n"
                       "autostart={}\n"
                       "autorestart=true\n"
                       "startsecs=1\n"
                       "startretries=1000\n"
                       "stopsignal={}\n"
                       "stopwaitsecs={}\n"
                       "killasgroup=true\n"
                       "redirect_stderr=true\n"
                       "stdout_logfile={}\n"
                       "stdout_logfile_maxbytes=10MB\n"
                       "stdout_logfile_backups=2\n",
                       part.name,
                       command_text(shop, part),
                       environment_text(shop, part),
                       escaped(shop.state.string()),
                       part.database.empty(),
                       part.stop_signal,
                       part.stop_wait_s,
                       escaped(shop.log_of(part.name).string()));
}

void give_to(const std::filesystem::path& file, const std::string& user) {
    if (user.empty() || ::geteuid() != 0) {
        return;
    }
    const passwd* account = ::getpwnam(user.c_str());
    if (account == nullptr || ::lchown(file.c_str(), account->pw_uid, account->pw_gid) != 0) {
        give_up("cannot give {} to user {}", file.string(), user);
    }
}

/// A folder in which somebody else has written before: once, since its user changes it from then on.
void hand_over(const std::filesystem::path& folder, const std::string& user) {
    if (::geteuid() != 0) {
        return;
    }
    const passwd* account = ::getpwnam(user.c_str());
    struct stat status{};
    if (account != nullptr && ::stat(folder.c_str(), &status) == 0 && status.st_uid == account->pw_uid) {
        return;
    }
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
        give_to(each.path(), user);
    }
    give_to(folder, user);
}

} // namespace

std::string supervisor_config(const Shop& shop, const std::vector<Part>& parts) {
    const std::string state = escaped(shop.state.string());
    std::string text = fmt::format("[supervisord]\n"
                                   "logfile={0}/logs/supervisord.log\n"
                                   "logfile_maxbytes=5MB\n"
                                   "pidfile={0}/supervisord.pid\n"
                                   "childlogdir={0}/logs\n"
                                   "directory={0}\n"
                                   "minfds=4096\n"
                                   "umask=022\n"
                                   "{1}"
                                   "\n[unix_http_server]\n"
                                   "file={0}/supervisor.sock\n"
                                   "chmod=0700\n"
                                   "\n[rpcinterface:supervisor]\n"
                                   "supervisor.rpcinterface_factory = "
                                   "supervisor.rpcinterface:make_main_rpcinterface\n"
                                   "\n[supervisorctl]\n"
                                   "serverurl=unix://{0}/supervisor.sock\n",
                                   state,
                                   ::geteuid() == 0 ? "user=root\n" : "");
    for (const Part& part : parts) {
        text += program_section(shop, part);
    }
    return text;
}

void write_configuration(const Shop& shop, const std::vector<Part>& parts) {
    for (const Part& part : parts) {
        for (const auto& [name, content] : part.configuration) {
            write_file(shop.state / "etc" / name, content, 0600);
            give_to(shop.state / "etc" / name, part.user);
        }
    }
    write_file(shop.state / "supervisord.conf", supervisor_config(shop, parts), 0600);
    give_to(shop.state / "rabbitmq", "rabbitmq");
    give_to(shop.state / "postgres", "postgres");
    hand_over(shop.state / "redis", "redis");
    hand_over(shop.state / "storefront", "www-data");
    const auto cookie = shop.state / "rabbitmq" / ".erlang.cookie";
    if (!std::filesystem::exists(cookie)) {
        write_file(cookie, shop.secrets.at("ERLANG_COOKIE"), 0400);
        give_to(cookie, "rabbitmq");
    }
}

} // namespace tandem::local
