# Builds the fuzz targets, each linked from the archive weftcore: target `fuzz-targets`.
#
#   fuzz/X.c -> fuzz/X     in the fuzz flavour a libFuzzer program, in the others one that runs the inputs it is given
add_custom_target(fuzz-targets)
foreach(name IN ITEMS front_end marshal pyc sre)
  add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/fuzz/${name}.c ${CMAKE_SOURCE_DIR}/fuzz/harness.c)
  target_link_libraries(fuzz_${name} PRIVATE weftcore)
  if(WEFT_FLAVOUR STREQUAL fuzz)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  else()
    target_sources(fuzz_${name} PRIVATE ${CMAKE_SOURCE_DIR}/fuzz/replay.c)
  endif()
  set_target_properties(fuzz_${name} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzz-targets fuzz_${name})
endforeach()
