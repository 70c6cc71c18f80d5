require('node:test')('nothing', () => {});
