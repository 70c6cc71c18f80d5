unsigned long sum(const char *text);
