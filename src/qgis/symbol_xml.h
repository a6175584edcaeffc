#pragma once

#include "tendik/style/colour.h"
#include "xml_text.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace tendik::qgis {

// Expressions of QGIS.
/// A column as an expression names it: "name", its own quotation marks doubled.
std::string column(const std::string& name);
/// A text within an expression.
std::string literal(std::string_view text);

// Symbols as QML stores them.
/// "213,231,241,255"
std::string rgba(const Colour& colour);
void add_option(pugi::xml_node map, std::string_view name, const std::string& value);
/// A layer of a symbol; the caller adds its options. A higher pass is painted over all symbols of lower ones.
pugi::xml_node add_symbol_layer(pugi::xml_node symbol, const char* kind, int pass);
pugi::xml_node add_symbol(pugi::xml_node parent, const std::string& name, const char* type);

/// What an expression rules instead of a fixed value: (property, expression), under a node of that name.
struct RuledByExpression {
    const char* property;
    std::string expression;
};
void add_expressions(pugi::xml_node parent, const char* node, std::initializer_list<RuledByExpression> ruled);

/// What a label says and how it is lettered; a halo goes round the letters.
struct Lettering {
    std::string text;  ///< a column, or an expression
    bool is_expression = false;
    int size_pt = 8;
    Colour colour;
    bool italic = false;
};
void add_text_style(pugi::xml_node settings, const Lettering& lettering);

}  // namespace tendik::qgis
