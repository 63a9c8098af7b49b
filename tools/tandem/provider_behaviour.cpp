#include "tools/tandem/provider_behaviour.hpp"

#include "tools/tandem/http.hpp"
#include "tools/tandem/problem.hpp"

namespace tandem::local {
namespace {

constexpr std::chrono::seconds patience{5};

} // namespace

ProviderBehaviour::ProviderBehaviour(const Shop& shop)
    : url_(shop.web_address("payment-provider") + "/v1/behaviour") {
    const auto answer = http_get(url_, patience);
    if (!answer || answer->status != 200) {
        give_up(
            "the payment provider does not tell its behaviour; ./tandem logs payment-provider tells more");
    }
    behaviour_ = answer->body;
}

void ProviderBehaviour::restore() const {
    const auto answer = http_put_json(url_, behaviour_, patience);
    if (!answer || answer->status != 200) {
        give_up("the payment provider could not be given back its behaviour: PUT {} to {}, or "
                "./tandem restart payment-provider",
                behaviour_,
                url_);
    }
}

} // namespace tandem::local
