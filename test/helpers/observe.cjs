/** Loaded before a server: every program that is started and every socket that is opened is told over IPC. */
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
// All of exec, execFile, fork and spawn go through the first, their Sync forms through the others.
watch(childProcess.ChildProcess.prototype, 'spawn', 'spawn');
for (const name of ['spawnSync', 'execFileSync', 'execSync']) watch(childProcess, name, name);
watch(Socket.prototype, 'connect', 'connect');
watch(Server.prototype, 'listen', 'listen');
watch(dns, 'lookup', 'lookup');
watch(dgram, 'createSocket', 'datagrams');
process.channel.unref();
tell('observed');
