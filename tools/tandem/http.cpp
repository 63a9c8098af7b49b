#include "tools/tandem/http.hpp"

#include <curl/curl.h>
#include <memory>
#include <new>

namespace tandem::local {
namespace {

std::size_t append(const char* data, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(data, size * count);
    return size * count;
}

using Curl = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

Curl request(const std::string& url, std::chrono::milliseconds timeout) {
    Curl curl(curl_easy_init(), &curl_easy_cleanup);
    if (!curl) {
        throw std::bad_alloc();
    }
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_NOPROXY, "*");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    return curl;
}

using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Headers content_type(const char* type) {
    return {curl_slist_append(nullptr, type), &curl_slist_free_all};
}

std::optional<HttpAnswer> perform(CURL* curl) {
    HttpAnswer answer;
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &append);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &answer.body);
    if (curl_easy_perform(curl) != CURLE_OK) {
        return std::nullopt;
    }
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

} // namespace

std::optional<HttpAnswer> http_get(const std::string& url, std::chrono::milliseconds timeout) {
    const Curl curl = request(url, timeout);
    return perform(curl.get());
}

std::optional<HttpAnswer>
http_put_json(const std::string& url, const std::string& body, std::chrono::milliseconds timeout) {
    const Curl curl = request(url, timeout);
    const Headers headers = content_type("Content-Type: application/json");
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_CUSTOMREQUEST, "PUT");
    return perform(curl.get());
}

std::optional<HttpAnswer> http_post_xml(const std::string& socket_path,
                                        const std::string& url,
                                        const std::string& body,
                                        std::chrono::milliseconds timeout) {
    const Curl curl = request(url, timeout);
    const Headers headers = content_type("Content-Type: text/xml");
    curl_easy_setopt(curl.get(), CURLOPT_UNIX_SOCKET_PATH, socket_path.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
    return perform(curl.get());
}

} // namespace tandem::local
