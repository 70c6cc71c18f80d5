import type { Instruction, Stage } from '../dockerfile/model';
import type { BuildContext } from '../engine/buildContext';
import { readOptions } from '../shell/options';
import { readSources } from './sources';

export interface Writes {
  /** Absolute folders that the program writes to and that a user other than root has to own. */
  readonly folders: readonly string[];
  /** It writes beside its own files. */
  readonly isInWorkdir: boolean;
  /** A folder that belongs to the system: only root may write there. */
  readonly system: string | undefined;
}

/** Calls that make or change files, of the languages that people write servers in. */
const WRITING =
  /\bopen\([^)\n]*,\s*(?:mode\s*=\s*)?["'][wax+]|\.write_(?:text|bytes)\(|\bsqlite3?\b|\bmakedirs\(|\.mkdir\(|\bmkdir(?:Sync|p)?\(|write(?:File|FileSync)\(|createWriteStream|appendFile|FileHandler\(|os\.(?:Create|WriteFile|OpenFile|Mkdir)|ioutil\.WriteFile|File\.(?:open|write|create)|FileWriter|FileOutputStream|Files\.(?:write|create|newBuffered)|file_put_contents|fopen\(|move_uploaded_file|multer|TypedFile|\.save\(|\.to_csv\(|json\.dump\(|fs::(?:write|create)|File::create|shelve\.open|dbm\.open|tinydb|lowdb|nedb/i;

/** Folders that programs keep their data in; not those that a system has files of its own in. */
const DATA =
  '\\/(?:data|srv|mnt|storage|logs?|db|cache|uploads?|files|state|var\\/(?:lib|log|cache|run|spool|data|tmp)|opt|app|home\\/\\w+)(?:\\/[\\w.-]+)*\\/?';

/** Variables that name where data goes; others, such as JAVA_HOME, name where programs are. */
const KEEPS_DATA = /DATA|DIR|LOG|CACHE|STOR|UPLOAD|DB|SQLITE|STATE|MEDIA|OUTPUT|FILE|PATH/i;

/** What a program writes, as far as the file and the sources beside it tell. */
export function writesOf(stage: Stage, workdir: string, context: BuildContext | undefined): Writes {
  const folders = new Set(madeFolders(stage.instructions));
  const sources = context ? readSources(context, context.files.keys()) : undefined;
  const writing = (sources ?? []).filter(({ text }) => WRITING.test(text));
  const named = new Set<string>();
  for (const node of stage.instructions) {
    if (node.keyword !== 'ENV') continue;
    for (const { name, value } of node.pairs)
      if (value !== undefined && KEEPS_DATA.test(name) && new RegExp(`^${DATA}$`).test(value)) named.add(value);
  }
  for (const { text } of writing)
    for (const [, path = ''] of text.matchAll(new RegExp(`["'\`](${DATA})["'\`]`, 'g'))) named.add(path);
  if (writing.length > 0) for (const path of named) folders.add(folderOf(path));
  const isWithin = (folder: string) =>
    folder === workdir || (`${folder}/`.startsWith(`${workdir.replace(/\/$/, '')}/`) && workdir !== '/');
  const outside = [...folders].filter((folder) => !isWithin(folder));
  const system = outside.find((folder) =>
    /^\/(?:var\/(?:lib|log|cache|run|spool|tmp)|opt|srv|mnt|home)?$/.test(folder),
  );
  return {
    folders: outside.filter((folder) => folder !== system),
    isInWorkdir: writing.length > 0 || outside.length < folders.size,
    system,
  };
}

/** Folders that RUN makes with mkdir, outside those of the system. */
function madeFolders(instructions: readonly Instruction[]): string[] {
  return instructions.flatMap((node) =>
    (node.keyword === 'RUN' ? (node.script?.commands ?? []) : [])
      .filter(({ name }) => name === 'mkdir')
      .flatMap((command) => readOptions(command).operands)
      .filter(
        (word) =>
          word.isStatic &&
          /^\/(?!etc\/|usr\/|bin|lib|sbin|root|tmp|proc|sys|dev|run\/secrets|var\/lib\/(?:apt|dpkg)|var\/cache\/apt)/.test(
            word.value,
          ),
      )
      .map(({ value }) => value.replace(/\/$/, '')),
  );
}

/** A path with a file's ending is a file in its folder. */
function folderOf(path: string): string {
  const plain = path.replace(/\/$/, '');
  return /\.\w+$/.test(plain) ? plain.slice(0, plain.lastIndexOf('/')) : plain;
}
