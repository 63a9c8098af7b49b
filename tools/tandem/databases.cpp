#include "tools/tandem/databases.hpp"

#include "tools/tandem/files.hpp"
#include "tools/tandem/part.hpp"
#include "tools/tandem/problem.hpp"
#include "tools/tandem/process.hpp"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace tandem::local {
namespace {

namespace fs = std::filesystem;

void must_run(const Shop& shop, std::vector<std::string> command, const fs::path& folder, std::string input) {
    std::vector<std::string> words = run_as(shop, "postgres");
    std::ranges::move(command, std::back_inserter(words));
    const Outcome outcome = run_quietly({.arguments = std::move(words),
                                         .environment = {{"LC_ALL", "C.UTF-8"}},
                                         .directory = folder,
                                         .input = std::move(input)});
    if (outcome.exit_code != 0) {
        give_up("{}\nThe database could not be made.", outcome.output);
    }
}

/// initdb is told not to wait for the disk; once, here, for the whole file system.
void flush_to_disk(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || ::syncfs(descriptor) != 0) {
        give_up("cannot flush {} to disk", folder.string());
    }
    ::close(descriptor);
}

} // namespace

void create_database(const Shop& shop, const std::string& service) {
    const fs::path folder = shop.state / "postgres";
    const fs::path finished = folder / service;
    if (fs::exists(finished)) {
        return;
    }
    const fs::path fresh = folder / (service + ".new");
    fs::remove_all(fresh);
    const std::string programs = "/usr/lib/postgresql/15/bin/";
    // The password travels by standard input: arguments and files can be read by others.
    must_run(shop,
             {programs + "initdb",
              "--pgdata=" + fresh.string(),
              "--username=postgres",
              "--pwfile=/dev/stdin",
              "--auth=scram-sha-256",
              "--data-checksums",
              "--encoding=UTF8",
              "--locale=C.UTF-8",
              "--no-sync"},
             folder,
             shop.secrets.at("POSTGRES_PASSWORD") + "\n");
    must_run(shop,
             {programs + "postgres", "--single", "-F", "-D", fresh.string(), "postgres"},
             folder,
             fmt::format("CREATE ROLE {0}_service LOGIN PASSWORD '{1}'\n"
                         "CREATE DATABASE {0}_db OWNER {0}_service\n"
                         "REVOKE ALL ON DATABASE {0}_db FROM PUBLIC\n",
                         service,
                         shop.secrets.at(upper(service) + "_DB_PASSWORD")));
    flush_to_disk(folder);
    fs::rename(fresh, finished);
}

} // namespace tandem::local
