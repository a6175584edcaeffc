# find_package(tendik) gives tendik::tendik, the whole library, and one target a room (tendik::stats, ...). The rooms are
# static, so the outside libraries must be found here too.
list(PREPEND CMAKE_MODULE_PATH "${CMAKE_CURRENT_LIST_DIR}")
include("${CMAKE_CURRENT_LIST_DIR}/third_party.cmake")
list(POP_FRONT CMAKE_MODULE_PATH)
include("${CMAKE_CURRENT_LIST_DIR}/tendikTargets.cmake")
