#include "lab/auditor/shop.hpp"

#include "lab/auditor/order_status.hpp"
#include "lab/auditor/unreadable.hpp"

#include <cstdlib>
#include <limits>

namespace tandem::audit {

std::string variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) {
        throw Unreadable(name + " is not set: ./tandem audit sets it");
    }
    return value;
}

Shop microservices_of_environment() {
    Shop shop;
    shop.architecture = "microservices";
    shop.order = {"order", variable("TANDEM_ORDER_DATABASE_URL")};
    shop.payment = {"payment", variable("TANDEM_PAYMENT_DATABASE_URL")};
    shop.product = {"product", variable("TANDEM_PRODUCT_DATABASE_URL")};
    shop.cart = {"cart", variable("TANDEM_CART_DATABASE_URL")};
    shop.user = {"user", variable("TANDEM_USER_DATABASE_URL")};
    shop.order_first = 1;
    shop.order_beyond = first_order_of_monolith;
    return shop;
}

Shop monolith_of_environment() {
    Shop shop;
    const std::string url = variable("TANDEM_MONOLITH_DATABASE_URL");
    shop.architecture = "monolith";
    shop.order = {"monolith", url, "orders"};
    shop.payment = {"monolith", url, "payments"};
    shop.product = {"monolith", url, "catalog"};
    shop.cart = {"monolith", url, "carts"};
    shop.user = {"monolith", url, "users"};
    shop.joint = Store{"monolith", url, "public"};
    shop.order_first = first_order_of_monolith;
    shop.order_beyond = std::numeric_limits<std::int64_t>::max();
    return shop;
}

} // namespace tandem::audit
