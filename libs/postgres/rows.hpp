#pragma once

#include "libs/kernel/money.hpp"
#include "libs/kernel/time.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct pg_result;

namespace tandem::postgres {

class Rows;

/// One row of a result. Valid while its Rows lives. Columns count from 0, in the order of the
/// SELECT list. Asking for a column that is not there, or for NULL without `optional_`, or for text
/// that is no such value, is a mistake of the program: it throws std::logic_error.
class Row {
public:
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    bool boolean(int column) const;
    double real(int column) const;
    Money money(int column) const; ///< from bigint cents
    Timestamp timestamp(int column) const;
    bool is_null(int column) const;
    std::optional<std::int64_t> optional_integer(int column) const;
    std::optional<std::string> optional_text(int column) const;
    std::optional<Timestamp> optional_timestamp(int column) const;

private:
    friend class Rows;
    Row(const pg_result* result, int row) : result_(result), row_(row) {}
    std::string_view view(int column) const;

    const pg_result* result_;
    int row_;
};

/// What one statement returned. Move-only.
class Rows {
public:
    explicit Rows(pg_result* result) : result_(result) {}

    int size() const;
    bool empty() const { return size() == 0; }
    Row operator[](int row) const { return {result_.get(), row}; }
    /// Rows that an INSERT, UPDATE or DELETE touched.
    std::int64_t affected() const;
    /// The server's command tag: "INSERT 0 3", "COMMIT".
    std::string_view command() const;

    class Iterator {
    public:
        Iterator(const Rows& rows, int row) : rows_(&rows), row_(row) {}
        Row operator*() const { return (*rows_)[row_]; }
        Iterator& operator++() {
            ++row_;
            return *this;
        }
        friend bool operator==(Iterator left, Iterator right) { return left.row_ == right.row_; }

    private:
        const Rows* rows_;
        int row_;
    };
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    std::unique_ptr<pg_result, Clear> result_;
};

} // namespace tandem::postgres
