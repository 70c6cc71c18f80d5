import express from 'express';
import { welcome } from 'words';

const app = express();
app.get('/:name', (request, response) => {
  response.type('text').send(welcome(request.params.name));
});
app.listen(18133);
process.on('SIGTERM', () => process.exit(0));
