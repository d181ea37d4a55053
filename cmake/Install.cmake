# Installation and the Debian package.
#
#   cmake --install build/gil --prefix DIR     puts weft below DIR; build/free the same for weftt. The tree may be moved.
#   cpack --config build/gil/CPackConfig.cmake makes one .deb of both programs; both presets must have been built.
include(GNUInstallDirs)

install(TARGETS ${weft_program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES man/${weft_program}.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES README.md LICENSE docs/user-guide.md docs/compatibility.md OPTIONAL DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The compiled code of the start-up modules (bytecode_cache.h), so that the first start of each user is as quick as the others, HOME or none.
# Both programs read the same files.
install(CODE "
  set(cache \"${CMAKE_CURRENT_BINARY_DIR}/startup-cache\")
  file(REMOVE_RECURSE \"\${cache}\")
  execute_process(COMMAND \"\${CMAKE_COMMAND}\" -E env --unset=PYTHONDONTWRITEBYTECODE \"WEFT_CACHE_DIR=\${cache}\" \"$<TARGET_FILE:${weft_program}>\"
                          -I -c \"import codecs, importlib.machinery, importlib.util, runpy\" COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL DESTINATION \"\${CMAKE_INSTALL_PREFIX}/lib/weft/cache\" TYPE DIRECTORY FILES \"\${cache}/\"
       FILES_MATCHING PATTERN \"*.pyc\" PATTERN \"dist-packages\" EXCLUDE PATTERN \"sitecustomize*\" EXCLUDE)
")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME weft)
set(CPACK_PACKAGE_CONTACT "the weft developers")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "multithreaded Python runtime, with and without a global interpreter lock")
set(CPACK_PACKAGE_DESCRIPTION
    "weft and weftt run Python 3.11 programs on the system's pure-Python standard library: weft behind a global interpreter lock, weftt without one.")
set(CPACK_INSTALL_CMAKE_PROJECTS "${CMAKE_SOURCE_DIR}/build/gil;weft;ALL;/;${CMAKE_SOURCE_DIR}/build/free;weft;ALL;/")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES TRUE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION interpreters)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libpython3.11-stdlib, libedit2, zlib1g, libbz2-1.0, liblzma5, libdb5.3, libssl3, libexpat1, libsqlite3-0, libncursesw6, libuuid1, libffi8")   # the libraries loaded by modules/shared_library.c too
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS TRUE)
include(CPack)
