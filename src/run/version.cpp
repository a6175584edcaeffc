#include "tendik/run/version.h"

namespace tendik::run {

const std::string_view program_version = TENDIK_VERSION;

}  // namespace tendik::run
