#pragma once

#include <boost/property_tree/ptree.hpp>

#include <string>

namespace tandem::local {

/// JUnit XML, which every test runner here can write.
using XmlTree = boost::property_tree::ptree;

/// Throws Problem when it is no XML.
XmlTree parse_xml(const std::string& xml);

/// The element at the root. Throws Problem when it is not `name`.
XmlTree element_of(const XmlTree& document, const std::string& name);

/// Empty when it is not there.
std::string attribute(const XmlTree& element, const std::string& name);

} // namespace tandem::local
