#include "lab/simulation/run/people.hpp"

namespace tandem::simulation {

using namespace order;

namespace {

constexpr int status_accepted = 200;
constexpr int tries_max = 40;

} // namespace

People::People(Shop& shop)
    : shop_(shop), world_(shop.world()), node_(world_.scheduler, "customers"),
      admin_(world_.scheduler, "admin"), products_(world_.dice.between(1, 3)) {
    for (std::int64_t i = 1; i <= products_; ++i) {
        product::ShelfItem item;
        item.name = "Product " + std::to_string(i);
        item.price = Money::from_cents(world_.dice.between(100, 9'999));
        item.stock = product::Stock::of(world_.dice.chance(400) ? world_.dice.between(0, 4) : 20);
        shop_.stock_tables.shelf.emplace(product::ProductId(i), std::move(item));
    }
}

void People::start() {
    const std::int64_t customers = world_.dice.chance(600) ? 1 : world_.dice.between(2, 3);
    for (std::int64_t user = 1; user <= customers; ++user) {
        node_.spawn(live(user));
    }
    if (world_.dice.chance(150)) {
        admin_.spawn(change_prices());
    }
}

Task<> People::live(std::int64_t user) {
    const std::int64_t visits = world_.dice.chance(150) ? 2 : 1;
    for (std::int64_t i = 0; i < visits; ++i) {
        co_await node_.sleep(world_.between_ms(0, world_.dice.chance(500) ? 50 : 4'000));
        co_await visit(user);
    }
}

Task<> People::visit(std::int64_t user) {
    Intent& intent = new_intent(user);
    if (world_.dice.chance(350)) {
        co_await fill_cart(user);
        if (world_.dice.chance(300)) {
            co_return; // only looked
        }
    } else {
        intent.request = wanted();
    }
    if (!intent.key.empty() && world_.dice.chance(150)) {
        node_.spawn(check_out(intent)); // clicked twice
    }
    co_await check_out(intent);
    if (!intent.accepted.empty() && world_.dice.chance(400)) {
        co_await change_mind(intent);
    }
}

Intent& People::new_intent(std::int64_t user) {
    Intent& intent = *intents_.emplace_back(std::make_unique<Intent>());
    intent.user = user;
    intent.request_id = "checkout " + std::to_string(intents_.size());
    intent.key = world_.dice.chance(850) ? "key-" + std::to_string(intents_.size()) : "";
    return intent;
}

CheckoutRequest People::wanted() {
    CheckoutRequest request;
    request.items.emplace();
    const std::int64_t first = some_product();
    request.items->push_back({ProductId(first), world_.dice.between(1, 3), std::nullopt});
    if (const std::int64_t second = some_product(); second != first) {
        request.items->push_back({ProductId(second), world_.dice.between(1, 2), std::nullopt});
    }
    return request;
}

Caller People::caller(std::int64_t user, Duration patience) {
    Caller caller;
    caller.user = UserId(user);
    caller.email = "user" + std::to_string(user) + "@shop.test";
    caller.arrived = std::chrono::steady_clock::now();
    caller.deadline = world_.scheduler.steady() + patience;
    return caller;
}

Task<> People::fill_cart(std::int64_t user) {
    const std::int64_t product = some_product();
    const std::int64_t pieces = world_.dice.between(1, 3);
    const Duration patience = world_.between_ms(500, 4'000);
    const auto deadline = world_.scheduler.steady() + patience;
    std::function<Task<Result<cart::Cart>>(std::size_t)> add = [=, this](std::size_t instance) {
        return shop_.shopping(instance).add(
            cart::UserId(user), cart::ProductId(product), pieces, {}, deadline);
    };
    const auto added =
        co_await call<Result<cart::Cart>>(world_, node_, shop_.carts(), std::move(add), patience);
    world_.story.tell("customer " + std::to_string(user),
                      "puts {} of product {} into the cart: {}",
                      pieces,
                      product,
                      !added   ? "no answer"
                      : *added ? "done"
                               : added->error().message());
    CartRecord& record = carts_[{user, product}];
    (added && *added ? record.sure : record.maybe) += added && !*added ? 0 : pieces;
}

Task<> People::check_out(Intent& intent) {
    const int tries = intent.key.empty() ? 1 : tries_max;
    for (int i = 0; i < tries; ++i) {
        const bool answered = co_await try_check_out(intent);
        if (answered) {
            co_return;
        }
        co_await node_.sleep(world_.between_ms(50, 3'000));
    }
}

Task<bool> People::try_check_out(Intent& intent) {
    const Duration patience = world_.between_ms(1'000, 8'000);
    Caller who = caller(intent.user, patience);
    who.context.request_id = intent.request_id;
    std::optional<KeyedRequest> keyed;
    if (!intent.key.empty()) {
        keyed = KeyedRequest{intent.key, intent.request_id};
    }
    const std::string name = "customer " + std::to_string(intent.user);
    world_.story.tell(name, "asks for {}", intent.request_id);
    std::function<Task<Answer>(std::size_t)> run =
        [this, who, keyed, request = intent.request](std::size_t instance) {
            return shop_.checkout(instance).run(request, keyed, status_accepted, who);
        };
    const auto answer = co_await call<Answer>(world_, node_, shop_.orders(), std::move(run), patience);
    if (!answer) {
        world_.story.tell(name, "has no answer about {}", intent.request_id);
        co_return false;
    }
    if (!*answer) {
        world_.story.tell(name, "{} is refused: {}", intent.request_id, answer->error().message());
        const bool still_running =
            answer->error().kind() == ErrorKind::conflict && keyed && answer->error().fields().empty();
        intent.refused = !still_running;
        co_return !still_running;
    }
    const OrderId id = (*answer)->order.state.id;
    world_.story.tell(
        name, "{} is order {}{}", intent.request_id, id.value(), (*answer)->replayed ? ", told again" : "");
    intent.accepted.push_back(id);
    co_return true;
}

Task<> People::change_mind(Intent& intent) {
    co_await node_.sleep(world_.between_ms(0, world_.dice.chance(600) ? 200 : 30'000));
    const OrderId id = intent.accepted.front();
    const Duration patience = world_.between_ms(1'000, 8'000);
    if (world_.dice.chance(600)) {
        co_await change(id, std::nullopt, caller(intent.user, patience));
    }
    if (world_.dice.chance(500)) {
        Caller admin = caller(1'000, patience);
        admin.acts_for_all = true;
        co_await change(id, OrderStatus::shipped, admin);
        if (world_.dice.chance(500)) {
            co_await change(id, std::nullopt, caller(intent.user, world_.between_ms(1'000, 8'000)));
        }
    }
}

Task<> People::change(OrderId id, std::optional<OrderStatus> to, Caller caller) {
    std::function<Task<Changed>(std::size_t)> change = [this, id, to, caller](std::size_t instance) {
        OrderDesk& desk = shop_.desk(instance);
        return to ? desk.move(id, *to, caller) : desk.cancel(id, caller);
    };
    const auto changed = co_await call<Changed>(
        world_,
        node_,
        shop_.orders(),
        std::move(change),
        std::chrono::duration_cast<Duration>(caller.deadline - world_.scheduler.steady()));
    world_.story.tell(caller.acts_for_all ? "admin" : "customer " + std::to_string(caller.user.value()),
                      "wants order {} {}: {}",
                      id.value(),
                      to ? to_string(*to) : "cancelled",
                      !changed   ? "no answer"
                      : *changed ? "done"
                                 : changed->error().message());
}

Task<> People::change_prices() {
    co_await admin_.sleep(world_.between_ms(1, 3'000));
    const product::ProductId product(some_product());
    const Money price = Money::from_cents(world_.dice.between(100, 9'999));
    shop_.stock_tables.change_price(product, price, admin_);
}

} // namespace tandem::simulation
