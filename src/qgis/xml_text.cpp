#include "xml_text.h"

namespace tendik::qgis {

namespace {

struct StringWriter final : pugi::xml_writer {
    std::string text;
    void write(const void* data, std::size_t size) override {
        text.append(static_cast<const char*>(data), size);
    }
};

}  // namespace

std::string to_string(const pugi::xml_document& document, bool with_declaration) {
    StringWriter writer;
    const unsigned declaration = with_declaration ? 0U : pugi::format_no_declaration;
    document.save(writer, "  ", pugi::format_indent | declaration, pugi::encoding_utf8);
    return std::move(writer.text);
}

pugi::xml_node add(pugi::xml_node parent, const char* name, std::initializer_list<XmlAttribute> attributes) {
    auto node = parent.append_child(name);
    for (const auto& attribute : attributes)
        node.append_attribute(attribute.name).set_value(attribute.value.c_str());
    return node;
}

pugi::xml_node add_text(pugi::xml_node parent, const char* name, std::string_view text) {
    auto node = parent.append_child(name);
    node.text().set(std::string(text).c_str());
    return node;
}

}  // namespace tendik::qgis
