#pragma once

#include <memory>
#include <string>

namespace tandem::audit {

/// GETs from one address over one kept connection; the address may hold a user and a password
/// ("http://user:password@127.0.0.1:15672"). Blocks, at most 30 s a request.
class WebReader {
public:
    WebReader(std::string name, std::string address);
    ~WebReader();

    /// The body of a 200; anything else is Unreadable, which says `name`.
    std::string get(const std::string& path);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace tandem::audit
