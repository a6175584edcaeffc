# The program, its data, and the library as package `tendik` with one target: tendik::tendik.
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/tendik")

install(TARGETS tendik RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")

# Built-in data and styles, where the program looks for them: ../share/tendik beside it.
install(DIRECTORY geodata DESTINATION "${CMAKE_INSTALL_DATADIR}/tendik")
install(DIRECTORY styles DESTINATION "${CMAKE_INSTALL_DATADIR}/tendik" PATTERN node_modules EXCLUDE)
# Of the npm packages only the parts that the page is made of.
file(STRINGS styles/site/parts.txt part_lines REGEX "^[^#]")
foreach(line IN LISTS part_lines)
    string(REGEX REPLACE "\t.*" "" part "${line}")
    get_filename_component(part_dir "${part}" DIRECTORY)
    install(FILES "styles/site/node_modules/${part}"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/tendik/styles/site/node_modules/${part_dir}" OPTIONAL)
endforeach()
install(DIRECTORY "${PROJECT_BINARY_DIR}/share/man/" DESTINATION "${CMAKE_INSTALL_MANDIR}")
install(DIRECTORY "${PROJECT_BINARY_DIR}/share/bash-completion/"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion")
install(FILES LICENSE NOTICE README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}")

# The library: every room, and one target over them all.
add_library(tendik_library INTERFACE)
set_target_properties(tendik_library PROPERTIES EXPORT_NAME tendik)
set(room_targets)
foreach(room IN LISTS TENDIK_ROOMS)
    list(APPEND room_targets tendik_${room})
    set_target_properties(tendik_${room} PROPERTIES EXPORT_NAME ${room})
    target_link_libraries(tendik_library INTERFACE tendik_${room})
endforeach()
install(TARGETS tendik_library tendik_flags ${room_targets}
    EXPORT tendik_targets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
    FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(EXPORT tendik_targets NAMESPACE tendik:: FILE tendikTargets.cmake DESTINATION "${package_dir}")

include(CMakePackageConfigHelpers)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/tendikConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES
    tools/cmake/tendikConfig.cmake tools/cmake/third_party.cmake tools/cmake/FindProtozero.cmake
    tools/cmake/FindLibCsv.cmake "${PROJECT_BINARY_DIR}/tendikConfigVersion.cmake"
    DESTINATION "${package_dir}")
