// What C code needs of the sys module: its attributes, audit events, file-system paths.
#ifndef WEFT_SYSTEM_SYS_STATE_H
#define WEFT_SYSTEM_SYS_STATE_H

#include "objects/type.h"
#include "system/config.h"

extern Value sys_dict;                 // the sys module's dict; borrowed, set at start-up
Value sys_get(Thread *t, Value name);                        // owned; V_NULL without an exception: not there
int sys_set(Thread *t, Value name, Value v);                 // borrowed; V_NULL deletes
Value sys_modules(Thread *t);                                // owned dict; V_NULL + RuntimeError
// sys.audit: 0, or -1 with the hook's exception. A single argument; V_NULL: none.
int sys_audit(Thread *t, const char *event, Value arg);
int sys_audit_args(Thread *t, const char *event, const Value *args, size_t nargs);
// str(path) of a str, bytes or os.PathLike as str (bytes are decoded as file names); TypeError otherwise.
Value fs_path(Thread *t, Value v);
Value fs_path_or_buffer(Thread *t, Value v);   // the same; of other buffers it takes the bytes, with a DeprecationWarning
// The same as NUL-free bytes for system calls (borrowed pointer into *keep, which the caller drops). NULL: ValueError "embedded null byte"...
const char *fs_path_bytes(Thread *t, Value v, Value *keep);

#endif
