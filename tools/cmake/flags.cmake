# tendik_flags: what the code needs to mean the same everywhere. tendik_developer_flags: warnings, only when
# this is the top-level project; whether they are errors is the preset's choice (CMAKE_COMPILE_WARNING_AS_ERROR).
add_library(tendik_flags INTERFACE)
target_compile_features(tendik_flags INTERFACE cxx_std_20)
# Fused multiply-add would make results depend on the CPU.
target_compile_options(tendik_flags INTERFACE -ffp-contract=off)

add_library(tendik_developer_flags INTERFACE)
if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(tendik_developer_flags INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
        -Wnon-virtual-dtor -Woverloaded-virtual -Wdouble-promotion
        # False alarms of g++ 12 at -O2 and -O3: about "literal" + std::string, and about strings in
        # std::variant, and about the size of vectors that are made by a loop.
        "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized;-Wno-alloc-size-larger-than>")
endif()

set(TENDIK_SANITIZE "" CACHE STRING "address (with undefined behaviour), thread, or nothing")
if(TENDIK_SANITIZE STREQUAL "address")
    set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=undefined)
elseif(TENDIK_SANITIZE STREQUAL "thread")
    set(sanitizers -fsanitize=thread)
elseif(TENDIK_SANITIZE)
    message(FATAL_ERROR "TENDIK_SANITIZE is '${TENDIK_SANITIZE}', expected 'address', 'thread' or nothing")
endif()
if(TENDIK_SANITIZE)
    target_compile_options(tendik_flags INTERFACE ${sanitizers} -fno-omit-frame-pointer)
    target_link_options(tendik_flags INTERFACE ${sanitizers})
endif()
