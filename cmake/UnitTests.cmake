# Builds every tests/unit/test_X.c into unit/test_X (cmocka), linked from the archive weftcore: the runtime less main.c.
#
# The target `unit-tests` builds them all; the files unit/test_X are what ./test runs.
file(GLOB weft_unit_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/test_*.c)

add_library(weftcore STATIC EXCLUDE_FROM_ALL $<TARGET_OBJECTS:weft_objects>)
target_link_libraries(weftcore PUBLIC weft_flags weft_libraries)

add_custom_target(unit-tests)
foreach(source IN LISTS weft_unit_tests)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} EXCLUDE_FROM_ALL ${source})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit)
  target_link_libraries(${name} PRIVATE weftcore cmocka)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/unit)
  add_dependencies(unit-tests ${name})
endforeach()
