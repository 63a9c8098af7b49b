#pragma once

#include "libs/kernel/money.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::email {

/// One line of an order, as the mail shows it.
struct OrderLine {
    std::string product_name;
    std::int64_t quantity = 0;
    Money price;
};

/// The content of a mail, written down once and rendered twice, so that the text part and the HTML
/// part cannot say different things. All text is plain; HTML markup in it is escaped.
class Page {
public:
    explicit Page(std::string title) : title_(std::move(title)) {}

    Page& paragraph(std::string text);
    /// At most `lines_shown_max` lines, then how many more there are, then the total.
    Page& order(const std::vector<OrderLine>& lines, Money total);

    std::string text() const;
    std::string html() const;

    static constexpr std::size_t lines_shown_max = 200;

private:
    struct Block {
        std::string text;
        std::string html;
    };
    std::string title_;
    std::vector<Block> blocks_;
};

/// With & < > " ' replaced, safe in element content and in quoted attributes.
std::string escape_html(std::string_view text);

} // namespace tandem::email
