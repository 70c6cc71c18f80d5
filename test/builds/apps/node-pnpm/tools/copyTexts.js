import { cpSync } from 'node:fs';

cpSync('src/texts', 'dist/texts', { recursive: true });
