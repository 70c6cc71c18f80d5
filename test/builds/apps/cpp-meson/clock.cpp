#include <iostream>
#include <zlib.h>

int main() {
  const unsigned char text[] = "tick";
  std::cout << "checksum " << crc32(0, text, 4) << std::endl;
  return 0;
}
