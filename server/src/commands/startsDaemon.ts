import type { Instruction } from '../dockerfile/model';
import type { ShellCommand } from '../shell/script';
import { wordList } from '../text/wordList';

/** Servers that run until they are stopped. */
const SERVERS = wordList`
  catalina\.sh dbus-daemon dockerd mariadbd(?:-safe)? memcached mongod mysqld(?:_safe)? postgres rabbitmq-server
  redis-server slapd sshd supervisord Xvfb
`;
/** True when a RUN starts something that keeps running when the next command begins. */
export function startsDaemon({ script }: Instruction): boolean {
  return (script?.commands ?? []).some(
    (command) => isInBackground(command) || SERVERS.test(command.name) || isToldToStart(command),
  );
}

function isInBackground({ chain, itemIndex }: ShellCommand): boolean {
  return chain.operators[itemIndex]?.text === '&';
}

/** `service x start`, `pg_ctl start`, also inside the arguments of `su -c` and `bash -c`. */
function isToldToStart({ words }: ShellCommand): boolean {
  // Most commands start nothing.
  if (!words.some(({ value }) => value.includes('start'))) return false;
  const told = words.flatMap(({ value }) => value.split(/\s/));
  const program = told.findIndex(
    (word) => /^(?:invoke-rc\.d|service)$/.test(word) || /ctl(?:cluster)?$/.test(word) || word.includes('/init.d/'),
  );
  return program >= 0 && told.slice(program + 1).some((word) => word === 'start' || word === 'restart');
}
