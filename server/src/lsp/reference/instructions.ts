import { type Phrase, phrase } from '../../l10n/phrase';

export interface InstructionFacts {
  /** One sentence. */
  readonly purpose: Phrase;
  /** How it is written, without flags; each word is a parameter. */
  readonly forms: readonly string[];
}

const EXEC = '["executable", "argument", …]';

/** https://docs.docker.com/reference/dockerfile/, 2026-11. */
export const INSTRUCTIONS: Readonly<Record<string, InstructionFacts>> = {
  ADD: {
    purpose: phrase('Copies files from the build context, a URL or a Git repository, and unpacks local archives.'),
    forms: ['source… destination', '["source", …, "destination"]'],
  },
  ARG: {
    purpose: phrase('Declares a variable that exists only during the build; `--build-arg` sets it.'),
    forms: ['name[=default]…'],
  },
  CMD: {
    purpose: phrase('What a container starts, or the arguments of ENTRYPOINT; the last one counts.'),
    forms: [EXEC, 'command'],
  },
  COPY: {
    purpose: phrase('Copies files from the build context, a stage or an image.'),
    forms: ['source… destination', '["source", …, "destination"]', '<<EOF destination'],
  },
  ENTRYPOINT: {
    purpose: phrase('The program that a container always starts; CMD and `docker run` give its arguments.'),
    forms: [EXEC, 'command'],
  },
  ENV: {
    purpose: phrase('Sets variables for the instructions below and for containers.'),
    forms: ['name=value…'],
  },
  EXPOSE: {
    purpose: phrase('Documents the port that the program listens on; it does not publish it.'),
    forms: ['port[/protocol]…'],
  },
  FROM: {
    purpose: phrase('Starts a stage from an image or from an earlier stage.'),
    forms: ['image[:tag] [AS name]', 'image@digest [AS name]'],
  },
  HEALTHCHECK: {
    purpose: phrase('How Docker finds out whether the container still works.'),
    forms: ['CMD command', 'NONE'],
  },
  LABEL: { purpose: phrase('Adds metadata to the image.'), forms: ['key=value…'] },
  MAINTAINER: {
    purpose: phrase('Deprecated: use the label `org.opencontainers.image.authors`.'),
    forms: ['name'],
  },
  ONBUILD: {
    purpose: phrase('Stores an instruction that runs when another build uses this image as its base.'),
    forms: ['instruction'],
  },
  RUN: {
    purpose: phrase('Runs a command during the build and keeps what it changed as a layer.'),
    forms: ['command', EXEC, '<<EOF'],
  },
  SHELL: {
    purpose: phrase('The shell that runs the shell form of the instructions below.'),
    forms: ['["executable", "argument", …]'],
  },
  STOPSIGNAL: {
    purpose: phrase('The signal that stops the container; SIGTERM without this instruction.'),
    forms: ['signal'],
  },
  USER: {
    purpose: phrase('The user for the instructions below and for the container.'),
    forms: ['user[:group]'],
  },
  VOLUME: {
    purpose: phrase('Marks a folder whose content lives outside the container.'),
    forms: ['["path", …]', 'path…'],
  },
  WORKDIR: {
    purpose: phrase('The working directory for the instructions below; Docker creates it.'),
    forms: ['path'],
  },
};

const PAGE = 'https://docs.docker.com/reference/dockerfile/#';

/** Where Docker's reference has an instruction, or a flag of it. */
export function referenceUrl(keyword: string, flag?: string): string {
  const own = flag !== undefined && keyword !== 'FROM' && keyword !== 'HEALTHCHECK';
  const name = flag === 'chown' || flag === 'chmod' ? 'chown---chmod' : flag;
  return `${PAGE}${keyword.toLowerCase()}${own ? `---${name}` : ''}`;
}
