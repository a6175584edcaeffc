#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>

namespace tendik::qgis {

/// The document with two blanks a level, UTF-8, escaped by pugixml.
std::string to_string(const pugi::xml_document& document, bool with_declaration);

/// A child with attributes in the order given.
struct XmlAttribute {
    const char* name;
    std::string value;
};
pugi::xml_node add(pugi::xml_node parent, const char* name,
                   std::initializer_list<XmlAttribute> attributes = {});

/// A child that holds only text.
pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text);

}  // namespace tendik::qgis
