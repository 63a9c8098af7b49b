#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tandem::gateway {

/// One operation of the contract, for people.
struct Operation {
    std::string method;
    std::string path;
    std::string tag;
    std::string summary;
};

/// The operations of docs/api/openapi.yaml, in its order. Reads that file's plain layout (two
/// spaces a level, one key a line), not YAML at large.
std::vector<Operation> operations_of(std::string_view openapi_yaml);

/// A page that lists the operations and links to /openapi.yaml. Needs nothing from elsewhere and no
/// script.
std::string documentation_page(const std::vector<Operation>& operations);

} // namespace tandem::gateway
