#include "tools/tandem/test_report.hpp"

#include "tools/tandem/problem.hpp"

#include <boost/property_tree/xml_parser.hpp>

#include <sstream>

namespace tandem::local {

XmlTree parse_xml(const std::string& xml) {
    XmlTree tree;
    std::istringstream stream(xml);
    try {
        boost::property_tree::read_xml(stream, tree);
    } catch (const boost::property_tree::xml_parser_error& error) {
        give_up("a test report cannot be read: {}", error.message());
    }
    return tree;
}

XmlTree element_of(const XmlTree& document, const std::string& name) {
    const auto element = document.get_child_optional(name);
    if (!element) {
        give_up("a test report holds no <{}>", name);
    }
    return *element;
}

std::string attribute(const XmlTree& element, const std::string& name) {
    return element.get<std::string>("<xmlattr>." + name, "");
}

} // namespace tandem::local
