# Installs the build, builds a program of somebody else against it, runs both from the installed place.
#   cmake -D BUILD=<build folder> -D SOURCE=<this folder> -D WORK=<folder to use> -P install_test.cmake
function(run)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE text ERROR_VARIABLE text)
    if(NOT code EQUAL 0)
        message(FATAL_ERROR "failed with ${code}: ${ARGN}\n${text}")
    endif()
    set(output "${text}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK}")
run("${CMAKE_COMMAND}" --install "${BUILD}" --prefix "${WORK}/prefix")
run("${CMAKE_COMMAND}" -S "${SOURCE}/consumer" -B "${WORK}/consumer" -G Ninja "-DCMAKE_PREFIX_PATH=${WORK}/prefix"
    "-DCMAKE_BUILD_TYPE=Release" "-DCMAKE_CXX_FLAGS=${FLAGS}")
run("${CMAKE_COMMAND}" --build "${WORK}/consumer")
set(data "${WORK}/prefix/share/tendik/geodata/kazakhstan")
run("${WORK}/consumer/consumer" "${data}/regions_2018.geojson")
if(NOT output STREQUAL "17 regions, difference 30\n")
    message(FATAL_ERROR "the consumer printed: ${output}")
endif()
# The installed program finds the data beside itself and makes the page out of installed parts.
run("${WORK}/prefix/bin/tendik" run -o "${WORK}/atlas" --quiet --only layers,site)
if(NOT EXISTS "${WORK}/atlas/site/maplibre-gl.js")
    message(FATAL_ERROR "the installed program made no whole page")
endif()
run("${WORK}/prefix/bin/tendik" run --dry-run)
if(NOT output MATCHES "share/tendik/geodata/kazakhstan/catalogue.toml")
    message(FATAL_ERROR "the installed program reads other data:\n${output}")
endif()
