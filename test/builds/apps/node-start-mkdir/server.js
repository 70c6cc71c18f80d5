const { writeFileSync } = require('node:fs');
const http = require('node:http');
const { join } = require('node:path');
const ms = require('ms');

// Keeps what it has worked out.
const cache = join(__dirname, 'var', 'cache');
http
  .createServer((request, response) => {
    const answer = String(ms(request.url.slice(1)));
    writeFileSync(join(cache, 'last'), answer);
    response.end(answer);
  })
  .listen(18205);
