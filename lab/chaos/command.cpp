#include "lab/chaos/command.hpp"

#include "lab/chaos/process_tree.hpp"

#include <boost/process.hpp>

#include <charconv>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <iterator>
#include <stdexcept>

namespace tandem::lab {

CommandResult run_command(const std::string& program, const std::vector<std::string>& words) {
    namespace process = boost::process;
    process::ipstream output;
    process::child child(process::exe = program,
                         process::args = words,
                         process::std_out > output,
                         process::std_in < process::null);
    CommandResult result;
    result.output.assign(std::istreambuf_iterator<char>(output), {});
    child.wait();
    result.exit_code = child.exit_code();
    return result;
}

Task<CommandResult> Tandem::run(std::string program, std::vector<std::string> words) {
    const auto command = [program, words] { return run_command(program, words); };
    auto result = co_await commands_.run(command);
    if (!result) {
        throw std::runtime_error("too many commands wait");
    }
    co_return *std::move(result);
}

Task<std::string> Tandem::tell(std::vector<std::string> words) {
    CommandResult result = co_await run(program_, words);
    if (result.exit_code != 0) {
        throw std::runtime_error(fmt::format("`tandem {}` failed", fmt::join(words, " ")));
    }
    co_return std::move(result.output);
}

Task<std::vector<pid_t>> Tandem::processes_of(std::string part) {
    const std::string output = co_await tell({"pid", part});
    pid_t pid = 0;
    std::from_chars(output.data(), output.data() + output.size(), pid);
    if (pid <= 1) {
        throw std::runtime_error(part + " does not run");
    }
    co_return process_tree(pid);
}

Task<std::vector<pid_t>> Tandem::processes_if_any(std::string part) {
    try {
        std::vector<pid_t> processes = co_await processes_of(std::move(part));
        co_return processes;
    } catch (const std::runtime_error&) {
        co_return std::vector<pid_t>();
    }
}

Task<> Tandem::start(std::string part) {
    co_await tell({"start", part});
}

Task<> Tandem::restart(std::string part) {
    co_await tell({"restart", part});
}

} // namespace tandem::lab
