import { Hono } from 'hono';

const app = new Hono();
app.get('/hello/:name', (context) => context.text(`Hello ${context.req.param('name')}`));

export default { port: 18145, fetch: app.fetch };
