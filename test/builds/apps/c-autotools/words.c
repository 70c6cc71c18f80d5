#include <stdio.h>

int main(void) {
  char line[80];
  FILE *file = fopen(DATA, "r");
  if (!file) {
    perror(DATA);
    return 1;
  }
  while (fgets(line, sizeof line, file)) fputs(line, stdout);
  fclose(file);
  return 0;
}
