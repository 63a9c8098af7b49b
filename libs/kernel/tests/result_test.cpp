#include "libs/kernel/result.hpp"

#include <gtest/gtest.h>

namespace tandem {
namespace {

TEST(ErrorTest, MakesASentenceOfWhatAFieldMustBe) {
    const Error error = fail_field("items/0/quantity", "must be 1 to 999").error();
    EXPECT_EQ(error.kind(), ErrorKind::invalid);
    EXPECT_EQ(error.message(), "The field 'items/0/quantity' must be 1 to 999.");
    ASSERT_EQ(error.fields().size(), 1u);
    EXPECT_EQ(error.fields()[0].message, "must be 1 to 999");
}

TEST(ErrorTest, CallsTheFieldWithoutANameTheBody) {
    EXPECT_EQ(fail_field("", "must be an object").error().message(), "The body must be an object.");
}

TEST(ErrorTest, TellsOfOneFieldAndThatThereAreMore) {
    const FieldError email{"email", "is required"};
    const FieldError name{"name", "must not be blank"};
    EXPECT_EQ(invalid_fields({email, name}).message(),
              "The field 'email' is required; another field is not valid either.");
    const Error three = invalid_fields({name, email, email});
    EXPECT_EQ(three.message(), "The field 'name' must not be blank; 2 other fields are not valid either.");
    EXPECT_EQ(three.fields().size(), 3u);
}

} // namespace
} // namespace tandem
