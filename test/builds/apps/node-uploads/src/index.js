const express = require('express');
const session = require('express-session');
const FileStore = require('session-file-store')(session);
const upload = require('./upload');

const app = express();
app.use(
  session({
    genid: () => 'visitor',
    store: new FileStore({ path: './sessions', logFn() {} }),
    secret: 'not one',
    resave: false,
    saveUninitialized: true,
  }),
);
// Counts the calls of one visitor.
app.get('/calls', (request, response) => {
  request.session.calls = (request.session.calls ?? 0) + 1;
  response.send(`calls: ${request.session.calls}`);
});
app.post('/files', upload.single('file'), (request, response) => response.send(request.file ? 'stored' : 'nothing'));
app.listen(18201);
