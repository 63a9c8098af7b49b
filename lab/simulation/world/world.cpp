#include "lab/simulation/world/world.hpp"

#include <iterator>

namespace tandem::simulation {

void World::rename(messaging::OutgoingEvent& event) {
    constexpr std::size_t id_at = std::string_view(R"({"event_id":")").size();
    std::string id;
    fmt::format_to(std::back_inserter(id), "00000000-0000-7000-8000-{:012x}", ++ids);
    event.body.replace(id_at, id.size(), id);
    event.event_id = std::move(id);
}

} // namespace tandem::simulation
