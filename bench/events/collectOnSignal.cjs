const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

// Loaded before a server's own program, so that its memory can be compared once what it no longer needs is gone.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => collect());
