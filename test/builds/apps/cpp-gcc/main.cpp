// Prints its arguments in order.
#include <algorithm>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

int main(int argc, char **argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  std::thread([&] { std::sort(words.begin(), words.end()); }).join();
  for (const auto &word : words) std::cout << word << "\n";
}
