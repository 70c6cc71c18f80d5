import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { compareSync, hashSync } from 'bcrypt';

/** Keeps the note behind a password. */
const hash = hashSync('open', 4);
const note = readFileSync(new URL('texts/first.txt', import.meta.url), 'utf8');

createServer((request, response) => {
  const isRight = compareSync(request.url?.slice(1) ?? '', hash);
  response.end(isRight ? note : 'closed');
}).listen(18132);
process.on('SIGTERM', () => process.exit(0));
