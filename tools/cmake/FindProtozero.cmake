# protozero is header-only and Debian ships no CMake config for it.
find_path(Protozero_INCLUDE_DIR protozero/pbf_writer.hpp)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Protozero REQUIRED_VARS Protozero_INCLUDE_DIR)
if(Protozero_FOUND AND NOT TARGET Protozero::Protozero)
    add_library(Protozero::Protozero INTERFACE IMPORTED)
    # Naming the system include folder as SYSTEM breaks <cstdlib> in g++: only another folder is added.
    if(NOT Protozero_INCLUDE_DIR STREQUAL "/usr/include")
        target_include_directories(Protozero::Protozero INTERFACE "${Protozero_INCLUDE_DIR}")
    endif()
endif()
