import { isSeq, type Node } from 'yaml';
import { nearestName } from '../engine/nearestName';
import { ASPECTS, defaultVerifySettings, type HttpCheck, type VerifySettings } from '../engine/verifySettings';
import { phrase } from '../l10n/phrase';
import { mapExpected, unknownKey, type YamlReader } from './yamlReader';

const KEYS = Object.keys(defaultVerifySettings);
const HTTP_KEYS = ['method', 'path', 'port', 'body', 'status', 'contains'] as const;

/** Reads `verify`: how to run the image, and what to compare. */
export function readVerifySettings(reader: YamlReader, node: Node): VerifySettings {
  const settings: { -readonly [K in keyof VerifySettings]: VerifySettings[K] } = { ...defaultVerifySettings };
  for (const { key, keyNode, value } of reader.entries(node, mapExpected('verify'))) {
    const at = value ?? keyNode;
    const name = `verify.${key}`;
    if (key === 'env') settings.env = readEnv(reader, at);
    else if (key === 'http') settings.http = readList(reader, at).map((item) => readHttp(reader, item));
    else if (key === 'calls') settings.calls = readList(reader, at).map((item) => reader.strings(item, name));
    else if (key === 'envFiles' || key === 'args' || key === 'volumes') settings[key] = reader.strings(at, name);
    else if (key === 'ignore')
      settings.ignore = readList(reader, at).flatMap((item) => reader.choice(item, name, ASPECTS) ?? []);
    else if (key === 'command' || key === 'compose') settings[key] = reader.scalar(at);
    else if (key === 'startSeconds' || key === 'watchSeconds')
      settings[key] = readNumber(reader, at, name) ?? settings[key];
    else reader.problem(keyNode, unknownKey(name, nearestName(key, KEYS)));
  }
  return settings;
}

function readEnv(reader: YamlReader, node: Node): ReadonlyMap<string, string> {
  const entries = reader.entries(node, mapExpected('verify.env'));
  return new Map(entries.map(({ key, value }) => [key, (value && reader.scalar(value)) ?? '']));
}

function readHttp(reader: YamlReader, node: Node): HttpCheck {
  const path = reader.string(node);
  const check = {
    method: 'GET',
    path: path === undefined ? '/' : readPath(reader, node),
    port: undefined,
    body: undefined,
    status: undefined,
    contains: undefined,
  } as {
    -readonly [K in keyof HttpCheck]: HttpCheck[K];
  };
  if (path !== undefined) return check;
  for (const { key, keyNode, value } of reader.entries(node, mapExpected('verify.http'))) {
    const at = value ?? keyNode;
    const name = `verify.http.${key}`;
    if (key === 'path') check.path = readPath(reader, at);
    else if (key === 'method' || key === 'body' || key === 'contains') check[key] = reader.scalar(at) ?? '';
    else if (key === 'port' || key === 'status') check[key] = readNumber(reader, at, name);
    else reader.problem(keyNode, unknownKey(name, nearestName(key, HTTP_KEYS)));
  }
  return check;
}

function readPath(reader: YamlReader, node: Node): string {
  const path = reader.scalar(node) ?? '';
  if (!path.startsWith('/')) reader.problem(node, phrase('verify.http: expected a path, such as /health'));
  return path;
}

function readNumber(reader: YamlReader, node: Node, name: string): number | undefined {
  const value = Number(reader.scalar(node));
  if (Number.isInteger(value) && value > 0) return value;
  reader.problem(node, phrase('{key}: expected a number', { key: name }));
  return undefined;
}

function readList(reader: YamlReader, node: Node): readonly Node[] {
  const list = reader.resolve(node);
  return isSeq<Node>(list) ? list.items : [node];
}
