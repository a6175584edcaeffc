#include "tendik/model/register.h"

#include <algorithm>

namespace tendik {

const RegisterEntry* find_unit(const Register& reg, std::string_view unit_id) {
    const auto found = std::ranges::find(reg.entries, unit_id, &RegisterEntry::unit_id);
    return found == reg.entries.end() ? nullptr : &*found;
}

}  // namespace tendik
