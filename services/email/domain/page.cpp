#include "services/email/domain/page.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tandem::email {
namespace {

constexpr std::string_view closing = "Your Tandem shop";

std::string order_text(const std::vector<OrderLine>& lines, std::size_t shown, Money total) {
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const OrderLine& line = lines[i];
        text += fmt::format("  {} x {}  {}\n", line.quantity, line.product_name, line.price.to_string());
    }
    if (shown < lines.size()) {
        text += fmt::format("  and {} more\n", lines.size() - shown);
    }
    return text + fmt::format("  Total: {}\n", total.to_string());
}

std::string order_html(const std::vector<OrderLine>& lines, std::size_t shown, Money total) {
    std::string rows;
    for (std::size_t i = 0; i < shown; ++i) {
        const OrderLine& line = lines[i];
        rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                            line.quantity,
                            escape_html(line.product_name),
                            line.price.to_string());
    }
    if (shown < lines.size()) {
        rows += fmt::format("<tr><td></td><td>and {} more</td><td></td></tr>\n", lines.size() - shown);
    }
    return fmt::format("<table>\n<tr><th>Quantity</th><th>Product</th><th>Price</th></tr>\n{}"
                       "<tr><th></th><th>Total</th><th>{}</th></tr>\n</table>\n",
                       rows,
                       total.to_string());
}

} // namespace

std::string escape_html(std::string_view text) {
    std::string escaped;
    for (const char character : text) {
        switch (character) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped += character;
        }
    }
    return escaped;
}

Page& Page::paragraph(std::string text) {
    std::string html = "<p>" + escape_html(text) + "</p>\n";
    blocks_.push_back({std::move(text) + "\n", std::move(html)});
    return *this;
}

Page& Page::order(const std::vector<OrderLine>& lines, Money total) {
    const std::size_t shown = std::min(lines.size(), lines_shown_max);
    blocks_.push_back({order_text(lines, shown, total), order_html(lines, shown, total)});
    return *this;
}

std::string Page::text() const {
    std::string text = title_ + "\n\n";
    for (const Block& block : blocks_) {
        text += block.text + "\n";
    }
    return text + std::string(closing) + "\n";
}

std::string Page::html() const {
    const std::string title = escape_html(title_);
    std::string html = fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
                                   "<title>{0}</title></head>\n<body>\n<h1>{0}</h1>\n",
                                   title);
    for (const Block& block : blocks_) {
        html += block.html;
    }
    return html + fmt::format("<p>{}</p>\n</body>\n</html>\n", closing);
}

} // namespace tandem::email
