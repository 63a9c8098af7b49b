#pragma once

#include "flight-recorder/otlp_request.hpp"
#include "libs/kernel/time.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace tandem::recorder {

/// Bounds of what is kept. A span takes about 900 bytes.
struct LogLimits {
    std::size_t orders_max = 2'000;
    std::size_t spans_max = 100'000;                  ///< of all traces together
    std::size_t spans_per_trace_max = 1'000;          ///< what comes beyond is dropped
    std::size_t traces_per_order_max = 50;            ///< others stay without it
    std::chrono::milliseconds unclaimed_for{180'000}; ///< then a trace without an order goes
};

/// Why spans are not there any more.
enum class Drop {
    too_many,  ///< their trace or their order had too many
    unclaimed, ///< their trace named no order in time
    evicted,   ///< newer orders needed the room
};

struct FlightSpan {
    std::string trace_id;
    Span span;
};

/// All that is known of one order.
struct Flight {
    std::int64_t order_id = 0;
    std::int64_t owner = 0; ///< 0: nobody has told yet
    /// Nothing more is to be expected: the order has ended, as many mails are settled as it had ends (it
    /// may be paid first and cancelled later), and nothing new came for two seconds; or it has ended
    /// and nothing came for a minute.
    bool is_complete = false;
    std::vector<FlightSpan> spans; ///< by start; what encloses others first
};

/// The spans of the latest orders, in memory. A trace belongs to each order that one of its spans names;
/// of a trace with several orders each gets its own spans and those that name none. When the room is
/// used up, traces without an order go first, then orders, oldest first. Use on the event loop's thread.
class FlightLog {
public:
    using OnDrop = std::function<void(Drop why, std::size_t spans)>;

    FlightLog(LogLimits limits, OnDrop on_drop) : limits_(limits), on_drop_(std::move(on_drop)) {}

    /// `now` must not go back from call to call.
    void add(std::vector<ReceivedSpan> received, Timestamp now);
    std::optional<Flight> find(std::int64_t order_id, Timestamp now) const;

    std::size_t orders() const { return orders_.size(); }
    std::size_t traces() const { return traces_.size(); }
    std::size_t spans() const { return spans_; }

private:
    struct Trace {
        std::vector<Span> spans;
        std::set<std::int64_t> orders;
        Timestamp began;
        std::list<std::string>::iterator place; ///< in unclaimed_, while orders is empty
    };
    struct Order {
        std::int64_t owner = 0;
        std::set<std::string> traces;
        Timestamp changed;
        std::list<std::int64_t>::iterator place; ///< in by_age_
    };
    using Traces = std::unordered_map<std::string, Trace>;

    void add_one(ReceivedSpan received, Timestamp now);
    Trace& trace_of(const std::string& trace_id, Timestamp now);
    void claim(const std::string& trace_id, Trace& trace, const Span& span, Timestamp now);
    void make_room(Timestamp now);
    void forget_order(std::int64_t order_id);
    void forget_trace(Traces::iterator trace, Drop why);

    LogLimits limits_;
    OnDrop on_drop_;
    Traces traces_;
    std::unordered_map<std::int64_t, Order> orders_;
    std::list<std::string> unclaimed_; // oldest first
    std::list<std::int64_t> by_age_;   // oldest first
    std::size_t spans_ = 0;
};

} // namespace tandem::recorder
