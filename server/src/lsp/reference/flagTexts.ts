import { type Phrase, phrase } from '../../l10n/phrase';

const CHOWN = phrase('The user and group of the copied files: names or numbers.');
const CHMOD = phrase('The permissions of the copied files, such as `755` or `u=rwX,go=rX`.');
const LINK = phrase('Makes a layer of its own, which stays cached when the layers below change.');
const EXCLUDE = phrase('Leaves out files that match a pattern; may be repeated.');

/** What the flags do, by instruction and name. */
export const FLAG_TEXTS: Readonly<Record<string, Phrase>> = {
  'ADD chown': CHOWN,
  'ADD chmod': CHMOD,
  'ADD link': LINK,
  'ADD checksum': phrase('The checksum of the download: the build fails if it differs.'),
  'ADD keep-git-dir': phrase('Keeps the folder `.git` of a repository.'),
  'ADD unpack': phrase('Whether to unpack an archive; without it, only local archives are unpacked.'),
  'ADD exclude': EXCLUDE,
  'COPY from': phrase('Copies from a stage, an image or a named context instead of the build context.'),
  'COPY chown': CHOWN,
  'COPY chmod': CHMOD,
  'COPY link': LINK,
  'COPY parents': phrase('Keeps the folders of the sources: `a/b/c.txt` becomes `/destination/a/b/c.txt`.'),
  'COPY exclude': EXCLUDE,
  'FROM platform': phrase('The platform of the image, such as `linux/amd64`; by default that of the target.'),
  'HEALTHCHECK interval': phrase('The time between two checks; 30s by default.'),
  'HEALTHCHECK timeout': phrase('How long a check may take; 30s by default.'),
  'HEALTHCHECK start-period': phrase('The time that the program has to start: failures in it do not count.'),
  'HEALTHCHECK start-interval': phrase('The time between two checks in the start period; 5s by default.'),
  'HEALTHCHECK retries': phrase('How many failures in a row make the container unhealthy; 3 by default.'),
  'RUN mount': phrase('Mounts files, a cache or a secret for this command only.'),
  'RUN network': phrase('The network of the command: `default`, `none` or `host`.'),
  'RUN security': phrase('`insecure` runs the command with all privileges; the builder must allow it.'),
  'RUN device': phrase('Gives the command a device of the builder by its CDI name.'),
};

/** What the types of mounts do. */
export const MOUNT_TEXTS: Readonly<Record<string, Phrase>> = {
  bind: phrase('Files of the build context, a stage or an image, without copying them; read-only by default.'),
  cache: phrase('A folder that stays between builds and is not part of the image.'),
  tmpfs: phrase('An empty folder in memory.'),
  secret: phrase('A secret as a file or a variable; it is not part of the image.'),
  ssh: phrase('The SSH agent of the machine that starts the build.'),
};

/** What the options of mounts mean. */
export const MOUNT_OPTION_TEXTS: Readonly<Record<string, Phrase>> = {
  target: phrase('The path in the container.'),
  source: phrase('The path in the source; its root by default.'),
  from: phrase('The stage, image or context that is mounted.'),
  rw: phrase('Allows writing; what is written is discarded.'),
  ro: phrase('Forbids writing.'),
  id: phrase('The name; mounts with the same one share the content.'),
  sharing: phrase('Builds at the same time: `shared`, `private` (one each) or `locked` (one after the other).'),
  size: phrase('The limit of its size.'),
  env: phrase('The variable that gets the secret instead of a file.'),
  required: phrase('The build fails when it is not given.'),
  mode: phrase('The permissions, such as `0600`.'),
  uid: phrase('The number of its user; 0 by default.'),
  gid: phrase('The number of its group; 0 by default.'),
};
