# Compiler flags of the five flavours (release, debug, tsan, asan, fuzz) and the libraries every program links.
#
#   weft_flags                      interface library: how every source of weft is compiled and linked
#   weft_libraries                  interface library: the system libraries
#   weft_tune_eval_loop(FILE)       flags of the file that holds the eval loop

add_library(weft_flags INTERFACE)
# The build type's own flags would override ours: a flavour says all there is to say.
set(CMAKE_C_FLAGS_RELEASE "")
set(CMAKE_C_FLAGS_DEBUG "")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "")

target_include_directories(weft_flags INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
target_compile_definitions(weft_flags INTERFACE WEFT_GIL=${weft_gil} _GNU_SOURCE=)
target_compile_options(weft_flags INTERFACE
  -Wall -Wextra -Werror=implicit-function-declaration -Werror=incompatible-pointer-types
  -fno-strict-aliasing        # values are words that are viewed in several ways
  -fwrapv                     # int arithmetic tests its overflow after the fact
  -ffp-contract=off           # a*b+c rounds twice, as Python's does
  -pthread)
target_link_options(weft_flags INTERFACE -pthread)

if(WEFT_FLAVOUR STREQUAL release)
  target_compile_definitions(weft_flags INTERFACE NDEBUG)
  # A fixed address saves an instruction in each dispatch and, at start-up, some 9,500 relocations of static tables.
  target_compile_options(weft_flags INTERFACE -O2 -fno-pie)
  target_link_options(weft_flags INTERFACE -no-pie)
elseif(WEFT_FLAVOUR STREQUAL debug)
  target_compile_options(weft_flags INTERFACE -O1 -g)
elseif(WEFT_FLAVOUR STREQUAL tsan)
  target_compile_options(weft_flags INTERFACE -O1 -g -fsanitize=thread)
  target_link_options(weft_flags INTERFACE -fsanitize=thread)
elseif(WEFT_FLAVOUR STREQUAL asan)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_compile_options(weft_flags INTERFACE -O1 -g ${sanitizers})
  target_link_options(weft_flags INTERFACE ${sanitizers})
elseif(WEFT_FLAVOUR STREQUAL fuzz)
  if(NOT CMAKE_C_COMPILER_ID STREQUAL Clang)
    message(FATAL_ERROR "the fuzz flavour needs clang, as its presets say, not ${CMAKE_C_COMPILER}")
  endif()
  # clang's, with coverage for libFuzzer; the fuzz targets alone are linked with libFuzzer itself.
  set(sanitizers -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  target_compile_definitions(weft_flags INTERFACE __SANITIZE_ADDRESS__)   # as gcc says it
  target_compile_options(weft_flags INTERFACE -O1 -g ${sanitizers})
  target_link_options(weft_flags INTERFACE ${sanitizers})
else()
  message(FATAL_ERROR "WEFT_FLAVOUR must be release, debug, tsan, asan or fuzz, not '${WEFT_FLAVOUR}'")
endif()

add_library(weft_libraries INTERFACE)
target_link_libraries(weft_libraries INTERFACE gmp unistring atomic_ops m)

# gcc's cross-jumping and common-subexpression passes merge the indirect jumps that the loop duplicates on purpose; LTO
# would compile the file again without these flags.
function(weft_tune_eval_loop file)
  if(WEFT_FLAVOUR STREQUAL release AND CMAKE_C_COMPILER_ID STREQUAL GNU)
    set_property(SOURCE ${file} PROPERTY COMPILE_OPTIONS
      -fno-gcse -fno-crossjumping -fno-tree-tail-merge --param=max-goto-duplication-insns=40 -fno-lto)
  endif()
endfunction()
