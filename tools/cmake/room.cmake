# tendik_room(<name> SOURCES ... HEADERS ... USES <rooms> PUBLIC_PARTS ... THIRD_PARTY <targets>)
# One static library a room, alias tendik::<name>. Headers are named relative to include/tendik/<name>/ and are
# compiled alone by the target all_verify_interface_header_sets. Outside libraries stay private to the room.
function(tendik_room name)
    cmake_parse_arguments(PARSE_ARGV 1 room "" "" "SOURCES;HEADERS;USES;THIRD_PARTY")
    set(library tendik_${name})
    add_library(${library} STATIC ${room_SOURCES})
    set_target_properties(${library} PROPERTIES LINKER_LANGUAGE CXX)
    add_library(tendik::${name} ALIAS ${library})
    set(include_root "${PROJECT_SOURCE_DIR}/include")
    list(TRANSFORM room_HEADERS PREPEND "${include_root}/tendik/${name}/")
    target_sources(${library} PUBLIC FILE_SET HEADERS BASE_DIRS "${include_root}" FILES ${room_HEADERS})
    list(TRANSFORM room_USES PREPEND tendik::)
    target_link_libraries(${library}
        PUBLIC tendik_flags fmt::fmt nlohmann_json::nlohmann_json ${room_USES}
        PRIVATE $<BUILD_INTERFACE:tendik_developer_flags> ${room_THIRD_PARTY})
    set_target_properties(${library} PROPERTIES
        CXX_EXTENSIONS OFF
        POSITION_INDEPENDENT_CODE ON
        VERIFY_INTERFACE_HEADER_SETS ON)
endfunction()

# tendik_room_tests(<name> SOURCES ... USES <rooms> [EXCLUDE <filter>]): one test program a room, its tests found by CTest;
# those that EXCLUDE names need a set-up of their own and are added by hand.
function(tendik_room_tests name)
    cmake_parse_arguments(PARSE_ARGV 1 room "" "EXCLUDE" "SOURCES;USES;THIRD_PARTY")
    set(program tendik_${name}_test)
    add_executable(${program} ${room_SOURCES})
    list(TRANSFORM room_USES PREPEND tendik::)
    target_link_libraries(${program} PRIVATE
        tendik_${name} tendik_test_support ${room_USES} ${room_THIRD_PARTY} tendik_developer_flags
        GTest::gtest_main GTest::gmock)
    target_compile_definitions(${program} PRIVATE
        TENDIK_SOURCE_DIR="${PROJECT_SOURCE_DIR}" TENDIK_BINARY_DIR="${PROJECT_BINARY_DIR}")
    set_target_properties(${program} PROPERTIES CXX_EXTENSIONS OFF)
    if(room_EXCLUDE)
        set(filter TEST_FILTER "-${room_EXCLUDE}")
    endif()
    gtest_discover_tests(${program} ${filter} TEST_PREFIX "${name}." PROPERTIES LABELS quick DISCOVERY_TIMEOUT 60)
endfunction()
