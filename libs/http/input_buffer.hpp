#pragma once

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace tandem::http {

/// Bytes that were read and not yet parsed. Grows up to `bytes_max`, since the parser wants a whole
/// header line in one piece.
class InputBuffer {
public:
    explicit InputBuffer(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    std::string_view unread() const { return {bytes_.data() + begin_, end_ - begin_}; }
    bool empty() const { return begin_ == end_; }
    bool full() const { return unread().size() >= bytes_max_; }

    /// Room for the next read: at least one byte unless `full`.
    boost::asio::mutable_buffer room() {
        if (begin_ > 0) {
            std::copy(bytes_.data() + begin_, bytes_.data() + end_, bytes_.data());
            end_ -= begin_;
            begin_ = 0;
        }
        if (end_ == bytes_.size()) {
            bytes_.resize(std::min(bytes_max_, std::max(first_bytes, bytes_.size() * 2)));
        }
        return boost::asio::buffer(bytes_.data() + end_, bytes_.size() - end_);
    }
    void add(std::size_t bytes) { end_ += bytes; }
    void consume(std::size_t bytes) { begin_ += bytes; }
    void clear() { begin_ = end_ = 0; }

private:
    static constexpr std::size_t first_bytes = 4'096;

    std::size_t bytes_max_;
    std::vector<char> bytes_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

} // namespace tandem::http
