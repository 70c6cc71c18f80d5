/** Loaded before a server: reports every started program and every opened socket over IPC. */
const childProcess = require('node:child_process');
const { Socket, Server } = require('node:net');
const dns = require('node:dns');
const dgram = require('node:dgram');

const tell = (what) => process.send?.(what);
const watch = (object, name, what) => {
  const before = object[name];
  object[name] = function (...args) {
    const subject = args[0]?.file ?? args[0];
    tell(`${what} ${typeof subject === 'string' ? subject : ''}`);
    return before.apply(this, args);
  };
};
// exec, execFile, fork and spawn all use the first; their Sync forms use the others.
watch(childProcess.ChildProcess.prototype, 'spawn', 'spawn');
for (const name of ['spawnSync', 'execFileSync', 'execSync']) watch(childProcess, name, name);
watch(Socket.prototype, 'connect', 'connect');
watch(Server.prototype, 'listen', 'listen');
watch(dns, 'lookup', 'lookup');
watch(dgram, 'createSocket', 'datagrams');
process.channel.unref();
tell('observed');
