// The functions of CPython's C API that ctypes.pythonapi has here: those that programs call to do what Python code cannot.
#ifndef WEFT_MODULES_CTYPES_PYTHON_API_H
#define WEFT_MODULES_CTYPES_PYTHON_API_H

// The address of such a function, by its name. NULL: `library`, a handle of dlopen's, is not the program itself, or there is none.
void *ctypes_python_api(void *library, const char *name);

#endif
