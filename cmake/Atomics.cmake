# Checks that libatomic_ops sits on the compiler's builtins, so that ThreadSanitizer understands weft's atomics.
#
# The tsan flavour proves it: a correct release/acquire program must pass under the sanitizer and a racy one must be
# rejected. Both programs lie in cmake/check/.

set(weft_check_dir ${CMAKE_SOURCE_DIR}/cmake/check)

if(NOT WEFT_ATOMICS_CHECKED)
  try_compile(weft_builtin_atomics ${CMAKE_BINARY_DIR}/check/builtins
    SOURCES ${weft_check_dir}/atomics_builtin.c OUTPUT_VARIABLE output)
  if(NOT weft_builtin_atomics)
    message(FATAL_ERROR "libatomic_ops must be installed and use the compiler's builtins (is AO_DISABLE_GCC_ATOMICS set?)\n${output}")
  endif()

  if(WEFT_FLAVOUR STREQUAL tsan)
    foreach(program IN ITEMS atomics_ordered atomics_racy)
      try_run(${program}_status ${program}_compiled ${CMAKE_BINARY_DIR}/check/${program}
        SOURCES ${weft_check_dir}/${program}.c
        COMPILE_DEFINITIONS -g -O1 -fsanitize=thread
        LINK_OPTIONS -fsanitize=thread -pthread
        COMPILE_OUTPUT_VARIABLE compiled_output
        RUN_OUTPUT_VARIABLE ${program}_output)
      if(NOT ${program}_compiled)
        message(FATAL_ERROR "cannot build ${program}.c with -fsanitize=thread\n${compiled_output}")
      endif()
    endforeach()
    if(NOT atomics_ordered_status EQUAL 0)
      message(FATAL_ERROR "ThreadSanitizer rejects a correct release/acquire program:\n${atomics_ordered_output}")
    endif()
    if(atomics_racy_status EQUAL 0 OR NOT atomics_racy_output MATCHES "data race")
      message(FATAL_ERROR "ThreadSanitizer does not see a race through libatomic_ops:\n${atomics_racy_output}")
    endif()
  endif()
  set(WEFT_ATOMICS_CHECKED TRUE CACHE INTERNAL "libatomic_ops was found fit")
endif()
