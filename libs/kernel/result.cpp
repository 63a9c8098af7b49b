#include "libs/kernel/result.hpp"

#include <cassert>

namespace tandem {

Error invalid_fields(std::vector<FieldError> fields) {
    assert(!fields.empty());
    const FieldError& first = fields.front();
    const std::string name = first.field.empty() ? "The body" : "The field '" + first.field + "'";
    std::string sentence = name + " " + first.message;
    if (fields.size() > 1) {
        const bool many = fields.size() > 2;
        sentence += many ? "; " + std::to_string(fields.size() - 1) + " other fields are not valid either"
                         : "; another field is not valid either";
    }
    return Error(ErrorKind::invalid, sentence + ".", std::move(fields));
}

} // namespace tandem
