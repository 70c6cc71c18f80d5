import { join } from 'node:path';
import express from 'express';
import { greet } from './greeting';

const app = express();
app.use(express.static(join(__dirname, '../public')));
app.get('/hello/:name', (request, response) => {
  response.send(greet(request.params.name));
});
app.listen(18104, '0.0.0.0');
