#pragma once

#include "tendik/model/texts.h"

#include <string>
#include <string_view>
#include <vector>

namespace tendik {

/// One unit of the register of regions. The same code may name different units at different times: the unit
/// id ("KZ-YUZ@1997", "KZ-YUZ@2018") never does.
struct RegisterEntry {
    std::string unit_id;
    std::string region_code;  ///< ISO 3166-2 alphabetic
    std::string iso_numeric;  ///< ISO 3166-2 numeric
    std::string kato;         ///< 9 digits or the known prefix
    std::string pcode;
    std::string kind;  ///< "country", "oblast", "city"
    Texts name;
    std::vector<std::string> variants;
    Texts capital;
    std::string valid_from;                 ///< ISO date or year; empty: unknown
    std::string valid_to;                   ///< empty: still valid
    std::vector<std::string> vintages;      ///< "pre-2018", "2018", "2022"
    std::vector<std::string> predecessors;  ///< unit ids
    std::vector<std::string> successors;    ///< unit ids
    std::string note;
};

struct Register {
    std::string source;
    std::vector<RegisterEntry> entries;
};

const RegisterEntry* find_unit(const Register& reg, std::string_view unit_id);

}  // namespace tendik
