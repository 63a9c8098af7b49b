#include "services/product/domain/stock.hpp"

#include <cassert>

namespace tandem::product {

bool Stock::reserve(std::int64_t units) {
    assert(units > 0);
    if (units > available) {
        return false;
    }
    available -= units;
    reserved += units;
    return true;
}

void Stock::sell(std::int64_t units) {
    assert(units > 0 && units <= reserved);
    reserved -= units;
    sold += units;
}

void Stock::release(std::int64_t units) {
    assert(units > 0 && units <= reserved);
    reserved -= units;
    available += units;
}

void Stock::take_back(std::int64_t units) {
    assert(units > 0 && units <= sold);
    sold -= units;
    available += units;
}

bool Stock::balanced() const {
    const bool none_negative = initial >= 0 && available >= 0 && reserved >= 0 && sold >= 0;
    return none_negative && initial + restocked == available + reserved + sold;
}

} // namespace tandem::product
