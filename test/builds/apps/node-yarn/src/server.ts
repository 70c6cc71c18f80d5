import express from 'express';
// @ts-expect-error: the path is one of the built program
import { sum } from '~/sums';

const app = express();
app.get('/sum/:a/:b', (request, response) => {
  response.type('text').send(String(sum(Number(request.params.a), Number(request.params.b))));
});
const server = app.listen(18131);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
