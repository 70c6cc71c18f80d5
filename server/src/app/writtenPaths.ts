import { lineage } from '../dockerfile/lineage';
import { isWithin } from '../text/paths';
import { anyOf } from '../text/pattern';
import { isFollowed, javaSettings } from './javaSettings';
import { isMadeBy, madeBy } from './madeFolders';
import type { RunSite } from './runSite';
import { readSources, type SourceFile } from './sources';
import { startOf } from './start/startTexts';
import { workdirWrites } from './workdirWrites';

/** What the running program writes outside its working directory, and whether that list is certainly complete. */
export interface Writes {
  /** Absolute folders that the user must own: outside the working directory, or created in it by a RUN. */
  readonly folders: readonly string[];
  /** A system folder, to which only root may write. */
  readonly system: string | undefined;
  /** All sources were read, and none of them writes files. */
  readonly isNone: boolean;
  /** All sources were read, and they write only to the working directory and to /tmp. */
  readonly isInWorkdir: boolean;
}

/** Calls that create or change files, in common server languages. */
const WRITING = anyOf(
  /\bopen\([^)\n]{0,150}, ?(?:mode ?= ?)?["'](?:[wax]|rb?\+)|\.open\((?:mode ?= ?)?["'][wax]/i,
  /\.write_(?:text|bytes)\(|\bsqlite|\bmakedirs\(|\.mkdir\(|\bmkdir(?:Sync|p)?\(/i,
  /write(?:File|FileSync)\(|createWriteStream|appendFile|FileHandler\(/i,
  /os\.(?:Create|WriteFile|OpenFile|Mkdir|Rename)|ioutil\.(?:WriteFile|TempDir)|\bbolt\.Open/i,
  /\bSaveUploadedFile\(|\.SaveFile\(|\bautocert\.DirCache|\bcertmagic\b|\b(?:buntdb|nutsdb|bleve|rotatelogs)\./i,
  /\bbadger\b|\bpebble\.Open|lumberjack|leveldb|File\.(?:open|write|create|AppendAll|WriteAll)/i,
  /FileWriter|FileOutputStream|Files\.(?:write|create|newBuffered|copy|move)|\btransferTo\(/i,
  /ImageIO\.write\(|new PrintWriter\(|RandomAccessFile|file_put_contents|fopen\(|move_uploaded_file/i,
  /multer|TypedFile|\.save\(|\.to_(?:csv|json|parquet|excel|pickle)\(|json\.dump\(|pickle\.dump\(/i,
  /fs::(?:write|create|rename)|File::create|OpenOptions|\bsled::|rusqlite|shelve\.open|dbm\.open/i,
  /tinydb|lowdb|nedb|winston|log4js|session-file-store|connect-sqlite3|node-persist|electron-store/i,
  /diskdb|RotatingFile|loguru|logging\.basicConfig|jdbc:(?:h2|hsqldb|derby|sqlite)|ofstream/i,
  /\bfreopen\(/i,
);

/** Folders in which programs keep their data, except those with files of the system. */
const DATA =
  '\\/(?:data|srv|mnt|storage|logs?|db|cache|uploads?|files|state|output|results?|database|media|var\\/(?:lib|log|cache|run|spool|data|tmp|www)|opt|app|home\\/\\w+)(?:\\/[\\w.-]+)*\\/?';

/** Variables that name a data folder; others, such as JAVA_HOME, name the folder of a program. */
const KEEPS_DATA = /DATA|DIR|LOG|CACHE|STOR|UPLOAD|DB|SQLITE|STATE|MEDIA|OUTPUT|FILE|PATH/i;
/** Where something is looked for: `LD_LIBRARY_PATH`, `PYTHONPATH`, `PUPPETEER_EXECUTABLE_PATH`. */
const SEARCHED =
  /^(?:\w*(?:LIBRARY|INCLUDE|PKG_CONFIG|EXECUTABLE|BINARY|BIN|NODE|GEM|CHROME|DRIVER)_PATH|(?:C|GO|CLASS|MAN|PYTHON)?PATH)$/;
const NAMES_FOLDER = /DIR(?:ECTORY)?$|FOLDER|ROOT$|HOME$|UPLOADS?$|LOGS$|STORAGE$|DATA$/i;

/** Options for the path of results, and options for the folder of a program's data. */
const RESULT =
  /(?:^|\s)--?(?:[\w.-]{1,40}-)?(?:out(?:put)?|export|reports?|results?)(?:-\w{1,20})?[ =]["']?(\/[\w./-]{1,200})(\$)?/g;
const KEPT =
  /(?:^|\s)--?(?:[\w.-]{1,40}[-.])?(?:data|db|database|storage|logs?|state|cache|uploads?|pid)(?:-?(?:dir|directory|file|path|folder|root))?[ =]["']?(\/[\w./-]{1,200})(\$)?/g;

/** System folders that contain folders of programs. */
const SYSTEM = /^\/(?:var(?:\/(?:lib|log|cache|run|spool|tmp|www))?|opt|srv|mnt|home|etc|usr(?:\/.*)?|run|root)?$/;

/** What the program writes, as far as the Dockerfile and the sources beside it show. */
export function writesOf(site: RunSite): Writes {
  const { context, workdir } = site;
  const sources = context && readSources(context, context.files.keys());
  const writing = (sources ?? []).filter(writesFiles);
  const paths = new PathsSeen();
  const made = madeFolders(site);
  // Everyone may write to /tmp, but not to folders that root has created there.
  const inTmp = made.filter(
    (folder) =>
      isWithin(folder, '/tmp') && (isInEnv(site, folder) || writing.some(({ text }) => text.includes(folder))),
  );
  for (const folder of made) if (!isWithin(folder, '/tmp') || inTmp.includes(folder)) paths.addFolder(folder);
  if (writing.length > 0)
    addNamed(
      site,
      writing.map(({ text }) => text),
      paths,
    );
  const volumes = volumesOf(site);
  for (const folder of volumes) paths.addFolder(folder);
  const settings = context && javaSettings(context);
  for (const path of settings?.paths ?? []) paths.add(path);
  const results = namedInStart(site, RESULT);
  for (const path of [...results, ...namedInStart(site, KEPT)]) paths.add(path);
  const outside = paths.folders().filter((folder) => !isWithin(folder, workdir) || (workdir === '/' && folder !== '/'));
  const system =
    ofServer(site) ??
    ofUnpackedServer(site) ??
    outside.find((folder) => SYSTEM.test(folder)) ??
    outside.find((folder) => results.some((path) => isWithin(path, folder)) && !isThere(site, folder));
  const isRead = context === undefined ? site.copied.isComplete : isFollowed(site, context);
  const isKnown = sources !== undefined && isRead && paths.folders().length === 0;
  return {
    folders: [
      ...[...made, ...volumes.filter((folder) => !isInImage(site, folder))].flatMap((folder) =>
        levelsWithin(folder, workdir),
      ),
      ...outside.filter((folder) => !SYSTEM.test(folder) && (!isWithin(folder, '/tmp') || inTmp.includes(folder))),
    ].filter((folder, index, all) => all.indexOf(folder) === index),
    system,
    isNone: isKnown && writing.length === 0 && settings?.writes !== true && !startRedirects(site),
    isInWorkdir: isKnown && workdir !== '/' && writing.every((source) => writesNewFiles(site, source)),
  };
}

/** `pg_dump … > "$FILE"` in a start script. */
function startRedirects(site: RunSite): boolean {
  return startOf(site).texts.some(({ text }) =>
    /(?<![\w&<>=-])>{1,2}[ \t]{0,4}["']?(?!["']?\/(?:dev|tmp|proc)\/)[$\w.~/{]/.test(text.replace(/^[ \t]*#.*$/gm, '')),
  );
}

function volumesOf({ services }: RunSite): string[] {
  return services
    .flatMap(({ mounts }) => mounts)
    .flatMap(({ kind, target }) => (kind === 'volume' ? [target.replace(/(?<=[^/])\/$/, '')] : []));
}

/** A new volume takes the owner of its directory in the image. A directory that the image lacks belongs to root. */
function isInImage({ copied }: RunSite, folder: string): boolean {
  return (
    /\/(?:node_modules|vendor|\.venv|venv|\.bundle)$/.test(folder) ||
    [...copied.files.keys()].some((path) => isWithin(path, folder))
  );
}

/** In Java, `.save(…)` usually belongs to a repository, which writes to a database. */
function writesFiles({ path, text }: SourceFile): boolean {
  return WRITING.test(/\.(?:java|kt)$/.test(path) ? text.replaceAll('.save(', '(') : text);
}

/** True when the program creates every file that it writes: copied files belong to root. */
function writesNewFiles({ workdir, copied }: RunSite, source: SourceFile): boolean {
  const { paths, rest } = workdirWrites(workdir, source);
  const names = new Set(
    paths.filter((path) => isWithin(path, workdir)).map((path) => path.slice(workdir.length + 1).split('/')[0]),
  );
  const isCopied = [...copied.files.keys()].some(
    (path) => isWithin(path, workdir) && names.has(path.slice(workdir.length + 1).split('/')[0]),
  );
  return !WRITING.test(rest) && !isCopied;
}

function isInEnv({ instructions }: RunSite, path: string): boolean {
  return instructions.some(({ keyword, pairs }) => keyword === 'ENV' && pairs.some(({ value }) => value === path));
}

/** Servers that unpack deployed applications in a folder of root: tomcat and tomee, images of 2026-11. */
function ofServer({ stage }: RunSite): string | undefined {
  const base = lineage(stage)[0]?.base;
  const [server] = (base?.kind === 'image' && /^tom(?:cat|ee)$/.exec(base.image.name)) || [];
  return server === undefined ? undefined : `/usr/local/${server}/webapps`;
}

/** Start scripts of servers for Java applications, with the folder of each that it writes in. */
const SERVER_FOLDERS: Readonly<Record<string, string>> = {
  catalina: 'webapps',
  startup: 'webapps',
  standalone: 'standalone',
  domain: 'domain',
};

/** `/opt/tomcat/bin/catalina.sh run`: a server that a RUN has unpacked, with all its folders as root. */
function ofUnpackedServer(site: RunSite): string | undefined {
  for (const { name, text } of startOf(site).texts) {
    const [, home = '', script = ''] =
      /(?:^|[\s"'=])([\w./${}-]{0,200})\/bin\/(catalina|startup|standalone|domain)\.sh\b/.exec(text) ?? [];
    if (script !== '' && /^(?:CMD|ENTRYPOINT)$/.test(name)) return `${home}/${SERVER_FOLDERS[script]}`;
  }
  return undefined;
}

/** `--export-json /var/results/a.json`: a folder that does not exist in the image is mounted, and keeps its owner. */
function isThere(site: RunSite, folder: string): boolean {
  return (
    site.instructions.some((node) => isMadeBy(node, folder)) ||
    site.services.some(({ mounts }) => mounts.some(({ target }) => isWithin(folder, target)))
  );
}

/** Paths after such options in start commands; for a path with a variable, only its folder. */
function namedInStart(site: RunSite, options: RegExp): string[] {
  return startOf(site)
    .texts.filter(({ name }) => /^(?:ENTRYPOINT|CMD|Compose)$/.test(name))
    .flatMap(({ text }) =>
      [...text.matchAll(options)].map(([, path = '', variable]) =>
        variable === undefined ? path : path.slice(0, path.lastIndexOf('/') + 1),
      ),
    )
    .filter((path) => !/^\/(?:$|(?:dev|proc|etc|usr|tmp)\/)/.test(path));
}

/** Paths in texts, and which of them are certainly folders. */
class PathsSeen {
  readonly #paths = new Set<string>();
  readonly #folders = new Set<string>();

  add(path: string): void {
    if (path.endsWith('/')) this.addFolder(path);
    else this.#paths.add(path);
  }

  addFolder(path: string): void {
    const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
    this.#paths.add(plain);
    this.#folders.add(plain);
  }

  /** Treats a path as a file, so the user must own its folder, unless another path is inside it. */
  folders(): string[] {
    const all = [...this.#paths];
    const found = new Set<string>();
    for (const path of all) {
      const isFolder = this.#folders.has(path) || all.some((other) => other.startsWith(`${path}/`));
      const parent = path.slice(0, path.lastIndexOf('/'));
      const isTop = parent === '' && !/\.\w+$/.test(path);
      found.add(isFolder || isTop ? path : parent || '/');
    }
    // A folder inside another one is omitted: the program creates it itself.
    return [...found].filter(
      (folder) =>
        ![...found].some((other) => other !== folder && folder.startsWith(`${other}/`) && !SYSTEM.test(other)),
    );
  }
}

function addNamed({ instructions }: RunSite, texts: readonly string[], paths: PathsSeen): void {
  for (const node of instructions) {
    if (node.keyword !== 'ENV') continue;
    for (const { name, value } of node.pairs) {
      const path = /^(?:(?:sqlite|file|h2|jdbc:\w+):(?:\/\/)?)?(\/[\w./-]+)$/.exec(value ?? '')?.[1];
      if (path === undefined || !KEEPS_DATA.test(name) || SEARCHED.test(name) || !new RegExp(`^${DATA}$`).test(path))
        continue;
      if (NAMES_FOLDER.test(name)) paths.addFolder(path);
      else paths.add(path);
    }
  }
  for (const text of texts) {
    for (const { index, 1: path = '' } of text.matchAll(new RegExp(`["'\`](?:\\w+:\\/\\/)?(${DATA})["'\`]`, 'g')))
      if (!WSL_DRIVE.test(path) && isAboutFiles(aroundPath(text, index, path))) paths.add(path);
    for (const [, path = ''] of text.matchAll(
      /(?:mkdir\w{0,12}|makedirs|MkdirAll|create_dir\w{0,12}|createDirector\w{1,12}|ensureDir\w{0,12}|Path|mkdir_p)\(\s{0,20}["'`](\/[\w./-]{1,200})["'`]\s{0,20}(?:\)\s{0,20}\.mkdir|[,)])/gi,
    ))
      if (new RegExp(`^${DATA}$`).test(path)) paths.addFolder(path);
    for (const [, path = ''] of text.matchAll(/(?:join|Join|resolve)\(\s*["'`](\/[\w./-]+)["'`]\s*,/g))
      if (new RegExp(`^${DATA}$`).test(path)) paths.addFolder(path);
  }
}

/** A drive of the author's Windows machine. */
const WSL_DRIVE = /^\/mnt\/[a-z](?:\/|$)/;

/** The line that contains a path, without the path itself; also the line above where the line begins with the path. */
function aroundPath(text: string, index: number, path: string): string {
  const own = text.lastIndexOf('\n', index) + 1;
  const isFirst = own > 0 && text.slice(own, index).trim() === '';
  const start = isFirst ? text.lastIndexOf('\n', own - 2) + 1 : own;
  const at = text.indexOf(path, index);
  const end = text.indexOf('\n', index);
  return text.slice(start, at) + text.slice(at + path.length, end < 0 ? undefined : end);
}

const IN_ROUTE = anyOf(
  /@\w*Mapping|@(?:Path|Get|Post|Put|Delete|Patch|app|router|api|bp)\b/i,
  /\b(?:get|post|put|delete|patch|use|route|mount|all|head|Handle|HandleFunc|Group|redirect|render|navigate)\s*\(/i,
  /\b(?:push|fetch|axios|StaticFiles|include_router)\s*\(/i,
  /\b(?:href|src|to|url|uri|endpoint|prefix|url_path|baseURL)\s*[=:]/i,
);
const NAMES_FILE = anyOf(
  /(?:dir|path|file|log|db|database|dsn|folder|storage?|upload)\w{0,30}["']?\]? ?(?:: ?[\w<>[\]]{1,30} ?)?[:=(,]/i,
  /(?:cache|out|output|dest|destination|root|location|counter)\w{0,30}["']?\]? ?(?:: ?[\w<>[\]]{1,30} ?)?[:=(,]/i,
  /(?:data)\w{0,30}["']?\]? ?(?:: ?[\w<>[\]]{1,30} ?)?[:=(,]/i,
);

/** `/files` in a comment, a route, an annotation or a link is not a folder. */
function isAboutFiles(line: string): boolean {
  return !/^\s*(?:#|\/\/)/.test(line) && !IN_ROUTE.test(line) && (WRITING.test(line) || NAMES_FILE.test(line));
}

/** `/app/a` and `/app/a/b` for `/app/a/b`. */
export function levelsWithin(folder: string, workdir: string): string[] {
  if (workdir === '/' || folder === workdir || !isWithin(folder, workdir)) return [];
  const names = folder.slice(workdir.length + 1).split('/');
  return names.map((_, index) => `${workdir}/${names.slice(0, index + 1).join('/')}`);
}

/** Folders that RUN creates with mkdir, except system folders and those that only a build needs. */
function madeFolders({ instructions }: RunSite): string[] {
  return instructions
    .flatMap(madeBy)
    .filter(
      (path) =>
        !/^\/(?:etc|usr(?!\/src\/)|bin|lib\w*|sbin|root|tmp$|proc|sys|dev|run|build)(?:\/|$)|^\/var\/(?:lib\/(?:apt|dpkg)|cache\/apt)|^\/opt\/venv/.test(
          path,
        ),
    );
}
