const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const express = require('express');
const { render } = require('mustache');

const page = readFileSync(join(__dirname, 'views/page.html'), 'utf8');
const app = express();
// One page for every name.
app.get('/:name', (request, response) => response.send(render(page, request.params)));
app.listen(18105, '0.0.0.0');
