# Builds the test programs in C, each linked from the archive weftcore: the runtime less main.c.
#
#   tests/unit/test_X.c   -> unit/test_X    cmocka programs; target `unit-tests`
#   stress/X.c            -> stress/X       take the arguments THREADS SCALE ROUNDS SEED; target `stress-tests`
#   tests/faults/walk.c   -> faults/walk    lets each allocation of a run fail; target `fault-tests`
file(GLOB weft_unit_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/unit/test_*.c)
file(GLOB weft_stress_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/stress/*.c)

add_library(weftcore STATIC EXCLUDE_FROM_ALL $<TARGET_OBJECTS:weft_objects>)
target_link_libraries(weftcore PUBLIC weft_flags weft_libraries)

function(weft_test_program source folder target)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${folder}_${name} EXCLUDE_FROM_ALL ${source})
  target_include_directories(${folder}_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests/unit)
  target_link_libraries(${folder}_${name} PRIVATE weftcore cmocka)
  set_target_properties(${folder}_${name} PROPERTIES
    OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${folder})
  add_dependencies(${target} ${folder}_${name})
endfunction()

add_custom_target(unit-tests)
foreach(source IN LISTS weft_unit_tests)
  weft_test_program(${source} unit unit-tests)
endforeach()

add_custom_target(stress-tests)
foreach(source IN LISTS weft_stress_tests)
  weft_test_program(${source} stress stress-tests)
endforeach()

add_custom_target(fault-tests)
weft_test_program(${CMAKE_SOURCE_DIR}/tests/faults/walk.c faults fault-tests)
target_link_options(faults_walk PRIVATE
  -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc,--wrap=strdup,--wrap=strndup,--wrap=vasprintf,--wrap=mmap -rdynamic)
