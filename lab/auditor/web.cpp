#include "lab/auditor/web.hpp"

#include "lab/auditor/unreadable.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

namespace tandem::audit {
namespace {

constexpr long timeout_ms = 30'000;

std::size_t append(const char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

} // namespace

struct WebReader::State {
    std::string name;
    std::string address;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl{curl_easy_init(), &curl_easy_cleanup};
};

WebReader::WebReader(std::string name, std::string address)
    : state_(std::make_unique<State>(std::move(name), std::move(address))) {
    CURL* curl = state_->curl.get();
    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout_ms);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
}

WebReader::~WebReader() = default;

std::string WebReader::get(const std::string& path) {
    CURL* curl = state_->curl.get();
    const std::string url = state_->address + path;
    std::string body;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    const CURLcode outcome = curl_easy_perform(curl);
    if (outcome != CURLE_OK) {
        throw Unreadable(fmt::format("{} cannot be reached: {}", state_->name, curl_easy_strerror(outcome)));
    }
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) {
        throw Unreadable(fmt::format("{} answered {} to {}", state_->name, status, path));
    }
    return body;
}

} // namespace tandem::audit
