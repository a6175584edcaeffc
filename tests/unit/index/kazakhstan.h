#pragma once

#include "tendik/base/text.h"
#include "tendik/index/tree.h"

#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace tendik::index {

/// Columns of tests/oracles/composite.csv: five official figures of the 17 units of 2018, and what
/// composite.R (R 4.2.2) made of them.
inline std::map<std::string, std::vector<double>> oracle_columns() {
    std::ifstream file(TENDIK_SOURCE_DIR "/tests/oracles/composite.csv");
    if (!file) throw std::runtime_error("no composite.csv");
    std::string line;
    std::getline(file, line);
    const auto names = split(line, ',');
    std::map<std::string, std::vector<double>> columns;
    while (std::getline(file, line)) {
        const auto cells = split(line, ',');
        for (std::size_t i = 1; i < cells.size(); ++i)
            columns[names[i]].push_back(parse_number(cells[i]).value());
    }
    return columns;
}

inline Column column_of(const std::vector<double>& numbers) {
    Column column;
    for (const double number : numbers)
        column.push_back(Value::of(number));
    return column;
}

inline IndexIndicator indicator_of(const std::string& code, const std::vector<double>& numbers,
                                   Direction direction = Direction::favourable) {
    IndexIndicator indicator;
    indicator.code = code;
    indicator.values = column_of(numbers);
    indicator.direction = direction;
    return indicator;
}

inline IndexNode leaf(const std::string& code, std::size_t indicator, double weight = 1.0) {
    IndexNode node;
    node.code = code;
    node.weight = weight;
    node.indicator = indicator;
    return node;
}

inline IndexNode parent(const std::string& code, const std::vector<std::size_t>& children,
                        double weight = 1.0, std::optional<Aggregation> aggregation = {}) {
    IndexNode node;
    node.code = code;
    node.weight = weight;
    node.children = children;
    node.aggregation = aggregation;
    return node;
}

/// All columns under one node.
inline IndexTree flat_tree(const std::vector<IndexIndicator>& indicators) {
    IndexTree tree{indicators, {parent("index", {})}};
    for (std::size_t i = 0; i < indicators.size(); ++i) {
        tree.nodes.front().children.push_back(i + 1);
        tree.nodes.push_back(leaf(indicators[i].code, i));
    }
    return tree;
}

/// Health (arithmetic) and living (geometric, emissions twice) under a harmonic index, health twice.
inline IndexTree kazakh_tree() {
    auto columns = oracle_columns();
    IndexTree tree;
    for (const auto* code : {"under5", "maternal", "poverty", "income", "emissions"})
        tree.indicators.push_back(
            indicator_of(code, columns.at(code),
                         std::string(code) == "income" ? Direction::favourable : Direction::adverse));
    tree.nodes = {parent("index", {1, 4}, 1.0, Aggregation::harmonic),
                  parent("health", {2, 3}, 2.0),
                  leaf("under5", 0),
                  leaf("maternal", 1),
                  parent("living", {5, 6, 7}, 1.0, Aggregation::geometric),
                  leaf("poverty", 2),
                  leaf("income", 3),
                  leaf("emissions", 4, 2.0)};
    return tree;
}

}  // namespace tendik::index
