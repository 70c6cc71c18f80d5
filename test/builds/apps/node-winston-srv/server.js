// Writes every request to a file beside the code.
const http = require('node:http');
const winston = require('winston');

const log = winston.createLogger({
  transports: [new winston.transports.File({ filename: 'logs/requests.log' })],
});

const server = http.createServer((request, response) => {
  log.info(request.url);
  response.end('noted\n');
});
server.listen(18200);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
