#include "tools/tandem/supervisor.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/http.hpp"
#include "tools/tandem/machine.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/process.hpp"

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <expected>
#include <sstream>
#include <thread>

namespace tandem::local {
namespace {

using Tree = boost::property_tree::ptree;
using namespace std::chrono_literals;

constexpr auto call_timeout = 10s;
constexpr auto launch_timeout = 15s;
constexpr auto shut_down_timeout = 90s;

struct Fault {
    std::string text;
};

std::string member(const Tree& structure, const std::string& name) {
    for (const auto& [tag, each] : structure) {
        if (tag == "member" && each.get<std::string>("name") == name) {
            return each.get_child("value").front().second.data();
        }
    }
    return {};
}

/// What a call answered: the one value it returned, or its fault.
std::expected<Tree, Fault>
call(const std::filesystem::path& state, const std::string& method, const std::string& parameters) {
    const std::string body =
        fmt::format("<?xml version='1.0'?><methodCall><methodName>supervisor.{}</methodName>"
                    "<params>{}</params></methodCall>",
                    method,
                    parameters);
    const auto answer =
        http_post_xml((state / "supervisor.sock").string(), "http://supervisor/RPC2", body, call_timeout);
    if (!answer || answer->status != 200) {
        give_up("supervisord does not answer; ./tandem down ends it, ./tandem logs supervisord tells more");
    }
    Tree tree;
    std::istringstream stream(answer->body);
    boost::property_tree::read_xml(stream, tree, boost::property_tree::xml_parser::trim_whitespace);
    if (const auto fault = tree.get_child_optional("methodResponse.fault.value.struct")) {
        return std::unexpected(Fault{member(*fault, "faultString")});
    }
    return tree.get_child("methodResponse.params.param.value");
}

Tree must_call(const std::filesystem::path& state, const std::string& method, const std::string& parameters) {
    auto answer = call(state, method, parameters);
    if (!answer) {
        give_up("supervisord refuses {}: {}", method, answer.error().text);
    }
    return *std::move(answer);
}

bool answers(const std::filesystem::path& state) {
    const auto answer =
        http_post_xml((state / "supervisor.sock").string(),
                      "http://supervisor/RPC2",
                      "<?xml version='1.0'?><methodCall><methodName>supervisor.getPID</methodName>"
                      "<params></params></methodCall>",
                      call_timeout);
    return answer && answer->status == 200;
}

std::string text_parameter(const std::string& text) {
    return fmt::format("<param><value><string>{}</string></value></param>", text);
}

constexpr auto do_not_wait = "<param><value><boolean>0</boolean></value></param>";

template <class Number>
Number number(const std::string& text) {
    Number value{};
    std::istringstream(text) >> value;
    return value;
}

ProgramState program_state(const Tree& structure) {
    return {.name = member(structure, "name"),
            .state = member(structure, "statename"),
            .pid = number<pid_t>(member(structure, "pid")),
            .started_s = number<std::int64_t>(member(structure, "start")),
            .now_s = number<std::int64_t>(member(structure, "now"))};
}

std::vector<std::string> texts(const Tree& value) {
    std::vector<std::string> all;
    for (const auto& [tag, each] : value.get_child("array.data")) {
        all.push_back(each.front().second.data());
    }
    return all;
}

} // namespace

Supervisor::Supervisor(const Shop& shop) : state_(shop.state) {}

std::optional<pid_t> Supervisor::pid() const {
    const std::filesystem::path file = state_ / "supervisord.pid";
    if (!std::filesystem::exists(file)) {
        return std::nullopt;
    }
    const auto pid = number<pid_t>(read_file(file));
    const std::string mine = (state_ / "supervisord.conf").string();
    if (pid <= 0 || !is_alive(pid) || !command_line(pid).ends_with(mine)) {
        return std::nullopt;
    }
    return pid;
}

void Supervisor::launch() const {
    const char* own = std::getenv("PATH");
    const std::string path =
        fmt::format("{}:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", own == nullptr ? "" : own);
    const Outcome outcome = run_quietly({.arguments = {"env",
                                                       "-i",
                                                       "PATH=" + path,
                                                       "LANG=C.UTF-8",
                                                       "HOME=" + state_.string(),
                                                       "TANDEM_STATE=" + state_.string(),
                                                       "/usr/bin/supervisord",
                                                       "-c",
                                                       (state_ / "supervisord.conf").string()}});
    const auto deadline = std::chrono::steady_clock::now() + launch_timeout;
    while (outcome.exit_code == 0 && std::chrono::steady_clock::now() < deadline) {
        if (pid() && answers(state_)) {
            return;
        }
        std::this_thread::sleep_for(20ms);
    }
    give_up("supervisord did not start: {}\n{}",
            outcome.output,
            log_end(state_ / "logs" / "supervisord.log", 10));
}

std::vector<ProgramState> Supervisor::programs() const {
    std::vector<ProgramState> all;
    const Tree answer = must_call(state_, "getAllProcessInfo", "");
    for (const auto& [tag, each] : answer.get_child("array.data")) {
        all.push_back(program_state(each.get_child("struct")));
    }
    return all;
}

ProgramState Supervisor::program(const std::string& name) const {
    return program_state(must_call(state_, "getProcessInfo", text_parameter(name)).get_child("struct"));
}

void Supervisor::start(const std::string& name) const {
    const auto answer = call(state_, "startProcess", text_parameter(name) + do_not_wait);
    if (!answer && !answer.error().text.starts_with("ALREADY_STARTED")) {
        give_up("supervisord cannot start {}: {}", name, answer.error().text);
    }
}

void Supervisor::stop(const std::string& name) const {
    const auto answer = call(state_, "stopProcess", text_parameter(name) + do_not_wait);
    if (!answer && !answer.error().text.starts_with("NOT_RUNNING")) {
        give_up("supervisord cannot stop {}: {}", name, answer.error().text);
    }
}

ConfigChanges Supervisor::reload_config() const {
    const Tree answer = must_call(state_, "reloadConfig", "");
    const Tree& lists = answer.get_child("array.data").front().second.get_child("array.data");
    auto each = lists.begin();
    ConfigChanges changes;
    for (auto* names : {&changes.added, &changes.changed, &changes.removed}) {
        *names = texts((each++)->second);
    }
    return changes;
}

void Supervisor::add(const std::string& name) const {
    must_call(state_, "addProcessGroup", text_parameter(name));
}

void Supervisor::remove(const std::string& name) const {
    must_call(state_, "removeProcessGroup", text_parameter(name));
}

void Supervisor::shut_down() const {
    const auto supervisord = pid();
    if (!supervisord) {
        return;
    }
    ::kill(*supervisord, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + shut_down_timeout;
    while (is_alive(*supervisord)) {
        if (std::chrono::steady_clock::now() > deadline) {
            give_up("supervisord (pid {}) does not end; ./tandem logs supervisord tells more", *supervisord);
        }
        std::this_thread::sleep_for(20ms);
    }
}

} // namespace tandem::local
