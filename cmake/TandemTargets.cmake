# One function per kind of target, so that every CMakeLists.txt reads as a list of facts.

# The headers that nearly every source includes, compiled once: for sources, and for tests.
set(tandem_common_headers
    <algorithm> <chrono> <cstdint> <expected> <functional> <map> <memory> <optional>
    <span> <string> <string_view> <unordered_map> <utility> <vector>
    <boost/asio/awaitable.hpp> <boost/asio/io_context.hpp> <fmt/format.h>)
set(tandem_test_headers ${tandem_common_headers}
    <gmock/gmock.h> <gtest/gtest.h> <boost/asio/co_spawn.hpp>)

# tandem_precompile(TARGET common|test)
function(tandem_precompile target kind)
    if(NOT TANDEM_PCH)
        return()
    endif()
    set(owner tandem_${kind}_pch)
    if(NOT TARGET ${owner})
        file(WRITE ${CMAKE_BINARY_DIR}/${owner}.cpp "")
        add_library(${owner} STATIC ${CMAKE_BINARY_DIR}/${owner}.cpp)
        target_link_libraries(${owner} PUBLIC tandem_kernel fmt::fmt PRIVATE tandem_warnings)
        if(kind STREQUAL "test")
            target_link_libraries(${owner} PUBLIC GTest::gmock PRIVATE tandem_test_options)
        endif()
        target_precompile_headers(${owner} PRIVATE ${tandem_${kind}_headers})
    endif()
    target_precompile_headers(${target} REUSE_FROM ${owner})
    target_link_libraries(${target} PRIVATE fmt::fmt)
endfunction()

# tandem_library(order_core SOURCES checkout.cpp DEPENDS order_domain tandem_kernel PRIVATE_DEPENDS fmt::fmt)
function(tandem_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS")
    if(arg_SOURCES)
        add_library(${name} STATIC ${arg_SOURCES})
        target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE tandem_warnings fmt::fmt ${arg_PRIVATE_DEPENDS})
        tandem_precompile(${name} common)
    else()
        add_library(${name} INTERFACE)
        target_link_libraries(${name} INTERFACE ${arg_DEPENDS})
    endif()
endfunction()

# tandem_program(order_service SOURCES main.cpp DEPENDS order_api); the binary lands in <build>/bin.
function(tandem_program name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_DEPENDS} tandem_warnings fmt::fmt)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
    tandem_precompile(${name} common)
endfunction()

# tandem_test(order_unit_tests LABEL unit SOURCES tests/unit/checkout_test.cpp DEPENDS order_core)
# LABEL is unit (no I/O, runs in milliseconds), integration (starts the real part that it needs),
# or a label of tests/ that needs the whole shop. One ctest entry a program: fixtures are started once.
function(tandem_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;TIMEOUT" "SOURCES;DEPENDS")
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE ${arg_DEPENDS} tandem_warnings tandem_test_options fmt::fmt GTest::gmock_main)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    tandem_precompile(${name} test)
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 300)
    endif()
    # What may take longest begins first, so that it does not run alone in the end.
    set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} COST ${arg_TIMEOUT})
    set_property(GLOBAL APPEND PROPERTY TANDEM_${arg_LABEL}_TESTS ${name}) # see tests/CMakeLists.txt
endfunction()

# tandem_migrations(order_migrations NAMESPACE order FILES migrations/001_orders.sql ...)
# Compiles versioned SQL files into the program: `const std::vector<postgres::Migration>& migrations()`
# in namespace tandem::<NAMESPACE>, declared by libs/postgres/migrate.hpp's convention (see there).
function(tandem_migrations name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAMESPACE" "FILES")
    set(entries "")
    foreach(file ${arg_FILES})
        get_filename_component(stem ${file} NAME_WE)
        file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} sql)
        string(APPEND entries "        {\"${stem}\", R\"tandem_sql(${sql})tandem_sql\"},\n")
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    endforeach()
    file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp CONTENT
"#include \"libs/postgres/migrate.hpp\"

namespace tandem::@arg_NAMESPACE@ {
const std::vector<postgres::Migration>& migrations();
const std::vector<postgres::Migration>& migrations() {
    static const std::vector<postgres::Migration> all{
@entries@    };
    return all;
}
} // namespace tandem::@arg_NAMESPACE@
" @ONLY)
    tandem_library(${name} SOURCES ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp DEPENDS tandem_postgres)
endfunction()
