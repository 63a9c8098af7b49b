#include "services/email/domain/letter.hpp"

#include <gmock/gmock.h>

namespace tandem::email {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const OrderFacts order{
    42,
    {{"Gaming Laptop", 1, Money::from_cents(129'999)}, {"Mouse <b>\"&'", 2, Money::from_cents(4'999)}},
    Money::from_cents(139'997)};

TEST(OrderConfirmation, HasTheSubjectThatClientsSearchForAndListsTheOrderInBothParts) {
    const Letter letter = order_confirmation(order, "tx_123");

    EXPECT_EQ(letter.subject, "Order Confirmation - Order #42");
    EXPECT_EQ(letter.template_name, "order_paid");
    for (const std::string& part : {letter.text, letter.html}) {
        EXPECT_THAT(part, HasSubstr("Gaming Laptop"));
        EXPECT_THAT(part, HasSubstr("1299.99"));
        EXPECT_THAT(part, HasSubstr("1399.97"));
        EXPECT_THAT(part, HasSubstr("tx_123"));
        EXPECT_THAT(part, HasSubstr("#42"));
    }
}

TEST(OrderConfirmation, EscapesMarkupInTheHtmlPartAndLeavesTheTextPartAlone) {
    const Letter letter = order_confirmation(order, "<script>");

    EXPECT_THAT(letter.html, HasSubstr("Mouse &lt;b&gt;&quot;&amp;&#39;"));
    EXPECT_THAT(letter.html, Not(HasSubstr("<script>")));
    EXPECT_THAT(letter.text, HasSubstr("Mouse <b>\"&'"));
}

TEST(OrderConfirmation, StaysReadableForAnEnormousOrder) {
    OrderFacts enormous{1, {}, Money()};
    enormous.lines.resize(Page::lines_shown_max + 7, {"Mouse", 1, Money::from_cents(1)});

    const Letter letter = order_confirmation(enormous, "");

    EXPECT_THAT(letter.text, HasSubstr("and 7 more"));
    EXPECT_THAT(letter.html, HasSubstr("and 7 more"));
    EXPECT_THAT(letter.text, Not(HasSubstr("Payment reference")));
}

struct Explained {
    std::string word;
    std::string says;
    std::string way_on;
};

class OrderFailureFor : public ::testing::TestWithParam<Explained> {};

TEST_P(OrderFailureFor, SaysWhyInPeoplesWordsAndShowsAWayOn) {
    const auto reason = parse_reason(GetParam().word);
    ASSERT_TRUE(reason.has_value());

    const Letter letter = order_failure(order, reason);

    EXPECT_EQ(letter.subject, "Order Failed - Order #42");
    for (const std::string& part : {letter.text, letter.html}) {
        EXPECT_THAT(part, HasSubstr(GetParam().says));
        EXPECT_THAT(part, HasSubstr(GetParam().way_on));
        EXPECT_THAT(part, HasSubstr("You do not pay for it."));
        EXPECT_THAT(part, Not(HasSubstr(GetParam().word))) << "a code is no word for people";
    }
}

INSTANTIATE_TEST_SUITE_P(
    EveryReason,
    OrderFailureFor,
    ::testing::Values(Explained{"out_of_stock", "sold out", "order the rest"},
                      Explained{"price_changed", "price of a product changed", "see the new price"},
                      Explained{"unknown_product", "no longer sold", "Remove it from your cart"},
                      Explained{"payment_declined", "declined", "choose another way to pay"},
                      Explained{"payment_unavailable", "payment provider", "in a little while"},
                      Explained{"expired", "took us too long", "order again"},
                      Explained{"cancelled_by_customer", "You cancelled it", "whenever you like"},
                      Explained{"cancelled_by_admin", "The shop cancelled it", "write to us"}),
    [](const auto& test) { return test.param.word; });

TEST(OrderFailure, StillMakesSenseForAReasonThatIsNewerThanThisProgram) {
    EXPECT_FALSE(parse_reason("struck_by_lightning").has_value());

    EXPECT_THAT(order_failure(order, std::nullopt).text, HasSubstr("could not be completed"));
}

TEST(OrderCancellation, PromisesARefundOnlyToThoseWhoPaid) {
    const Letter paid = order_cancellation(order, Reason::cancelled_by_customer, true);
    const Letter unpaid = order_cancellation(order, Reason::cancelled_by_customer, false);

    EXPECT_EQ(paid.subject, "Order Cancelled - Order #42");
    EXPECT_THAT(paid.text, HasSubstr("We refund 1399.97"));
    EXPECT_THAT(unpaid.text, Not(HasSubstr("refund")));
}

TEST(Welcome, GreetsByNameWhenThereIsOne) {
    EXPECT_THAT(welcome("Zoë <Zed>").html, HasSubstr("<h1>Welcome, Zoë &lt;Zed&gt;</h1>"));
    EXPECT_THAT(welcome("").text, HasSubstr("Welcome\n"));
    EXPECT_EQ(welcome("Zoë").template_name, "welcome");
}

TEST(OrderShipment, NamesTheOrder) {
    EXPECT_EQ(order_shipment(order).subject, "Order Shipped - Order #42");
}

} // namespace
} // namespace tandem::email
