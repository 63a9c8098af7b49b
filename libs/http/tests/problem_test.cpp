#include "libs/http/message.hpp"

#include <gtest/gtest.h>

namespace tandem::http {
namespace {

TEST(ProblemTest, SaysWhatIsWrongWithEachField) {
    const Error error(
        ErrorKind::invalid, "Two fields are wrong.", {{"email", "no @"}, {"items/0/quantity", "< 1"}});

    const Response response = problem(error, "/auth/register");

    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
    EXPECT_EQ(
        response.body,
        R"({"type":"about:blank","title":"Unprocessable Content","status":422,)"
        R"("detail":"Two fields are wrong.","instance":"/auth/register",)"
        R"("errors":[{"field":"email","message":"no @"},{"field":"items/0/quantity","message":"< 1"}]})");
}

TEST(ProblemTest, EscapesWhatTheClientSent) {
    const Response response = problem(404, "No \"such\" thing\n", "/a\"b\\c\x01");

    EXPECT_EQ(response.body,
              R"({"type":"about:blank","title":"Not Found","status":404,)"
              R"("detail":"No \"such\" thing\n","instance":"/a\"b\\c\u0001"})");
}

TEST(ProblemTest, TellsHowToAuthenticateAndWhenToComeBack) {
    EXPECT_EQ(problem(Error(ErrorKind::unauthenticated, "Log in."), "/").headers.get("WWW-Authenticate"),
              "Bearer");
    EXPECT_EQ(
        problem(Error(ErrorKind::too_many_requests, "Wait.").retry_after(7), "/").headers.get("Retry-After"),
        "7");
    EXPECT_EQ(problem(503, "Down.", "/").headers.get("Retry-After"), "1");
    EXPECT_EQ(problem(Error(ErrorKind::conflict, "Not yet.").retry_after(2), "/").headers.get("Retry-After"),
              "2");
    EXPECT_FALSE(problem(Error(ErrorKind::conflict, "Never."), "/").headers.has("Retry-After"));
    EXPECT_FALSE(problem(404, "None.", "/").headers.has("Retry-After"));
}

TEST(ProblemTest, GivesEveryKindItsStatus) {
    EXPECT_EQ(status_of(ErrorKind::bad_request), 400);
    EXPECT_EQ(status_of(ErrorKind::unauthenticated), 401);
    EXPECT_EQ(status_of(ErrorKind::payment_declined), 402);
    EXPECT_EQ(status_of(ErrorKind::forbidden), 403);
    EXPECT_EQ(status_of(ErrorKind::not_found), 404);
    EXPECT_EQ(status_of(ErrorKind::conflict), 409);
    EXPECT_EQ(status_of(ErrorKind::invalid), 422);
    EXPECT_EQ(status_of(ErrorKind::too_many_requests), 429);
    EXPECT_EQ(status_of(ErrorKind::unavailable), 503);
}

} // namespace
} // namespace tandem::http
