// Mocha's build for browsers leaves its class in the global scope.
require('../../../node_modules/mocha/mocha.js');

module.exports = globalThis.Mocha;
