# command: -m $none
# command: -m no_such_module_zz
# command: -m os.nope
# command: -m sys
# command: -m
# shell: cd $DATA && python -m pkgmain a b
# shell: cd $DATA && python -m pkgmain.tool x
# shell: cd $DATA && python -m pkgmain.nomain
# shell: cd $DATA && python -m pkgmain.failing 2>&1 | grep -v runpy | grep -v _run
# shell: cd $DATA && python -mmod_here 1 2
# shell: cd $DATA && python -m pkgempty
# shell: cd $DATA && python -m .pkgmain
# shell: cd $DATA && python -Im pkgmain
# shell: cd $DATA && python pkgmain arg
# shell: cd $DATA && python pkgempty
"""The -m option: packages, modules, missing names, folders with __main__."""
