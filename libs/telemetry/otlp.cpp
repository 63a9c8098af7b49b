#include "libs/telemetry/otlp.hpp"

#include "libs/telemetry/log_line.hpp"
#include "libs/telemetry/metrics.hpp"

#include <algorithm>
#include <condition_variable>
#include <curl/curl.h>
#include <deque>
#include <fmt/format.h>
#include <iterator>
#include <mutex>
#include <thread>

namespace tandem::telemetry {
namespace {

constexpr std::size_t waiting_max = 4096;
constexpr std::size_t batch_max = 512;
constexpr std::chrono::milliseconds batch_every{500};
constexpr long request_timeout_ms = 2'000;

std::string quoted(std::string_view text) {
    std::string out = "\"";
    append_json_text(out, text);
    out += '"';
    return out;
}

std::int64_t unix_nano(Timestamp moment) {
    return std::chrono::nanoseconds(moment.time_since_epoch()).count();
}

struct ValueJson {
    std::string operator()(const std::string& text) const {
        return fmt::format(R"("stringValue":{})", quoted(text));
    }
    std::string operator()(std::int64_t number) const { return fmt::format(R"("intValue":"{}")", number); }
    std::string operator()(bool flag) const { return fmt::format(R"("boolValue":{})", flag); }
};

std::string attribute_json(std::string_view key, const Span::Value& value) {
    return fmt::format(R"({{"key":{},"value":{{{}}}}})", quoted(key), std::visit(ValueJson{}, value));
}

std::string span_json(const FinishedSpan& span) {
    std::string attributes;
    for (const auto& [key, value] : span.attributes) {
        attributes += (attributes.empty() ? "" : ",") + attribute_json(key, value);
    }
    return fmt::format(
        R"({{"traceId":"{}","spanId":"{}","parentSpanId":"{}","name":{},"kind":{},)"
        R"("startTimeUnixNano":"{}","endTimeUnixNano":"{}","attributes":[{}],"status":{{"code":{},"message":{}}}}})",
        span.trace_id,
        span.span_id,
        span.parent_span_id,
        quoted(span.name),
        static_cast<int>(span.kind),
        unix_nano(span.started),
        unix_nano(span.ended),
        attributes,
        span.failed ? 2 : 0,
        quoted(span.failure));
}

std::size_t ignore_answer(const char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

} // namespace

std::string otlp_json(std::string_view service, const std::vector<FinishedSpan>& spans) {
    std::string all;
    for (const FinishedSpan& span : spans) {
        all += (all.empty() ? "" : ",") + span_json(span);
    }
    return fmt::format(
        R"({{"resourceSpans":[{{"resource":{{"attributes":[{}]}},"scopeSpans":[{{"scope":{{"name":"tandem"}},"spans":[{}]}}]}}]}})",
        attribute_json("service.name", std::string(service)),
        all);
}

struct OtlpExporter::State {
    State(std::string name, std::vector<std::string> bases)
        : service(std::move(name)), urls(std::move(bases)) {
        for (std::string& url : urls) {
            url += "/v1/traces";
        }
        headers = curl_slist_append(headers, "Content-Type: application/json");
        thread = std::thread([this] { work(); });
    }

    ~State() {
        {
            const std::lock_guard lock(mutex);
            closing = true;
        }
        changed.notify_one();
        thread.join();
        curl_easy_cleanup(curl);
        curl_slist_free_all(headers);
    }

    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void work() {
        while (true) {
            std::unique_lock lock(mutex);
            changed.wait_for(lock, batch_every, [this] { return closing || waiting.size() >= batch_max; });
            if (waiting.empty() && closing) {
                return;
            }
            const auto count = static_cast<std::ptrdiff_t>(std::min(waiting.size(), batch_max));
            const auto end = waiting.begin() + count;
            const std::vector<FinishedSpan> batch(std::make_move_iterator(waiting.begin()),
                                                  std::make_move_iterator(end));
            waiting.erase(waiting.begin(), end);
            const bool last_chance = closing;
            lock.unlock();
            const std::size_t misses = batch.empty() ? 0 : try_to_deliver(batch);
            dropped.add(static_cast<double>(batch.size() * misses));
            const bool delivered = misses == 0;
            if (!delivered && last_chance) {
                return;
            }
        }
    }

    /// The number of endpoints that missed the batch. Without spans the process does its work all the
    /// same, so nothing may leave this thread.
    std::size_t try_to_deliver(const std::vector<FinishedSpan>& batch) {
        try {
            const std::string body = otlp_json(service, batch);
            return static_cast<std::size_t>(
                std::ranges::count_if(urls, [&](const std::string& url) { return !deliver(url, body); }));
        } catch (const std::exception&) {
            return urls.size();
        }
    }

    bool deliver(const std::string& url, const std::string& body) {
        curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
        curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, request_timeout_ms);
        curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore_answer);
        long status = 0;
        const bool answered = curl_easy_perform(curl) == CURLE_OK;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
        return answered && status >= 200 && status < 300;
    }

    std::string service;
    std::vector<std::string> urls;
    Counter dropped = counter("tandem_spans_dropped_total", "Spans that could not be exported.");
    CURL* curl = curl_easy_init();
    curl_slist* headers = nullptr;

    std::mutex mutex;
    std::condition_variable changed;
    std::deque<FinishedSpan> waiting;
    bool closing = false;
    std::thread thread;
};

OtlpExporter::OtlpExporter(std::string service, std::vector<std::string> endpoints)
    : state_(std::make_unique<State>(std::move(service), std::move(endpoints))) {}

OtlpExporter::~OtlpExporter() = default;

void OtlpExporter::add(FinishedSpan span) {
    const std::lock_guard lock(state_->mutex);
    if (state_->waiting.size() >= waiting_max) {
        state_->dropped.add();
        return;
    }
    state_->waiting.push_back(std::move(span));
    if (state_->waiting.size() == batch_max) {
        state_->changed.notify_one();
    }
}

} // namespace tandem::telemetry
