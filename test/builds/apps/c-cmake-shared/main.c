#include <stdio.h>
#include "sum.h"

/* Prints the checksum of its argument. */
int main(int argc, char **argv) {
  printf("%08lx\n", sum(argc > 1 ? argv[1] : ""));
  return 0;
}
