// The help texts of the command line.
#ifndef WEFT_SYSTEM_USAGE_H
#define WEFT_SYSTEM_USAGE_H

#include <stdio.h>

void usage_print(FILE *to, const char *program);
void usage_print_environment(FILE *to);
void usage_print_xoptions(FILE *to);

#endif
