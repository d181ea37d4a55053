// What the front end asks of the runtime: other source encodings, character names, the recursion limit.
#ifndef WEFT_RUNTIME_FRONT_HOOKS_H
#define WEFT_RUNTIME_FRONT_HOOKS_H

void front_hooks_install(void);   // once, before the first parse

#endif
