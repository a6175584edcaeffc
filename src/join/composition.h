#pragma once

#include "tendik/model/boundaries.h"
#include "tendik/model/register.h"

#include <string>
#include <vector>

namespace tendik::join {

bool is_in(const RegisterEntry& entry, const std::string& vintage);

/// In the order of the register.
std::vector<std::string> vintages_of(const Register& reg);

/// The first vintage but `here` that has all units which the keys name and vintage `here` lacks; empty: none.
std::string vintage_of_newcomers(const std::vector<std::string>& keys, const std::string& here,
                                 const Register& reg);

/// Units of vintage `there` that put together are exactly a unit of vintage `here`. A unit that keeps its id
/// while another leaves it (2022: Abai leaves East Kazakhstan) changes its extent.
class Composition {
public:
    Composition(const Register& reg, std::string here, std::string there);

    /// Unit ids; none where a unit of vintage `there` would have to be split.
    std::vector<std::string> parts_of(const RegisterEntry& unit) const;

private:
    bool all_heirs_are_there(const RegisterEntry& unit) const;
    /// Units that went into this one and into no other.
    std::vector<std::string> whole_predecessors(const RegisterEntry& unit) const;

    const Register& m_register;
    std::string m_here;
    std::string m_there;
};

/// Unit ids of the regions; the key itself where the register does not know it.
std::vector<std::string> unit_ids_of(const Boundaries& boundaries, const Register& reg);

}  // namespace tendik::join
