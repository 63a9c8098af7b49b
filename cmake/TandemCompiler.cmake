# How everything is compiled: clang-19 (g++ 12 miscompiles coroutines), lld, ccache, warnings as errors.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    message(FATAL_ERROR "Tandem needs clang 19: configure with -DCMAKE_CXX_COMPILER=clang++-19")
endif()

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# Not NDEBUG: our asserts mean that the program is wrong, and then it must not go on. Boost's stay off.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DBOOST_DISABLE_ASSERTS")

find_program(CCACHE ccache)
if(CCACHE)
    # Without this leave ccache takes no source that uses a precompiled header ("Precompiled headers" in its manual).
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# --as-needed: a program loads only the libraries that it calls, which saves each of them a MiB or two.
add_link_options(-fuse-ld=lld -Wl,--as-needed)
# Precompiled headers that ccache can key on their content.
add_compile_options($<$<BOOL:${TANDEM_PCH}>:-Xclang> $<$<BOOL:${TANDEM_PCH}>:-fno-pch-timestamp>)
# Line tables keep stack traces and sanitizer reports readable; full debug information would double the build.
add_compile_options(-gline-tables-only)

if(TANDEM_SANITIZE STREQUAL "address")
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
elseif(TANDEM_SANITIZE STREQUAL "thread")
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
    add_link_options(-fsanitize=thread)
elseif(NOT TANDEM_SANITIZE STREQUAL "")
    message(FATAL_ERROR "TANDEM_SANITIZE is '${TANDEM_SANITIZE}', not '', 'address' or 'thread'")
endif()

include_directories(${CMAKE_SOURCE_DIR})

add_library(tandem_warnings INTERFACE)
target_compile_options(tandem_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror
    -Wno-missing-designated-field-initializers) # naming some fields and defaulting the rest is the point of them

# Optimising test code costs more time than it saves.
add_library(tandem_test_options INTERFACE)
target_compile_options(tandem_test_options INTERFACE $<$<CONFIG:Release>:-O0>)
