#include "tools/tandem/shop_before.hpp"

#include "tools/tandem/commands.hpp"
#include "tools/tandem/supervisor.hpp"

#include <cstdlib>

namespace tandem::local {

TemporaryVariable::TemporaryVariable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) {
        before_ = before;
    }
    ::setenv(name, value.c_str(), 1);
}

TemporaryVariable::~TemporaryVariable() {
    if (before_) {
        ::setenv(name_, before_->c_str(), 1);
    } else {
        ::unsetenv(name_);
    }
}

ShopBefore::ShopBefore() : shop_(read_shop()), was_running_(Supervisor(shop_).pid().has_value()) {
    if (was_running_) {
        behaviour_.emplace(shop_);
    }
}

int ShopBefore::put_back() const {
    fmt::print("\nPutting the shop back.\n");
    std::fflush(stdout);
    if (!was_running_) {
        return down(read_shop());
    }
    const int result = up(prepare_shop(std::string(to_string(shop_.architecture))));
    behaviour_->restore();
    return result;
}

} // namespace tandem::local
