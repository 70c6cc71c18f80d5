/**
 * Generates files from the sources: server/src/rules/index.ts, docs/rules, the options of docs/cli.md and the frameworks
 * of docs/optimize.md in each language, the tools for language models in package.json, and schemas/config.schema.json.
 * With --check it writes nothing and exits 1 if a file is out of date.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { frameworkTable } from './frameworks/frameworkTable.mjs';
import { languageModelTools } from './languageModelTools.mjs';
import { loadEngine } from './loadEngine.mjs';
import { renderParity } from './parity/renderParity.mjs';
import { readTexts } from './texts.mjs';

const root = resolve(import.meta.dirname, '..');
/** The places that describe rules, and the texts around the descriptions. */
const LANGUAGES = {
  en: {
    readme: 'README.md',
    folder: 'docs/rules',
    summary: (all, on, automatic) => `${all} rules, ${on} of them on by default, ${automatic} with an automatic fix:`,
    heading: '| Group | Rules | Such as |',
    table: {
      title: 'Rules',
      about: (all) =>
        `${all} rules. "Fix" is the strongest kind a rule has: safe ones keep the image the same but for its size.`,
      heading: '| Rule | What it asks for | Group | Default | Fix |',
      fixes: { safe: 'safe', unsafe: 'chosen by you', manual: 'explained' },
      off: 'off',
    },
    cli: {
      page: 'docs/cli.md',
      heading: '| Option | Commands | Meaning |',
      all: 'all',
      more: {
        format: '[formats for CI](#formats-for-ci)',
        config: '[configuration](configuration.md)',
        baseline: '[baseline](#baseline)',
        level: '[levels](optimize.md#levels)',
        'cache-mounts': '[when](optimize.md#cache-mounts)',
        target: '[Compose and Bake files](configuration.md#compose-and-bake-files)',
      },
    },
    optimize: {
      page: 'docs/optimize.md',
      heading: '| Framework | Known by | Final image | Its files | Start | Level `all` adds | [`init`](init.md) |',
    },
  },
  ja: {
    readme: 'README.ja.md',
    folder: 'docs/ja/rules',
    summary: (all, on, automatic) =>
      `全 ${all} ルール。うち ${on} は既定で有効、${automatic} は自動修正に対応しています。`,
    heading: '| グループ | ルール数 | 例 |',
    table: {
      title: 'ルール',
      about: (all) =>
        `全 ${all} ルール。「修正」は各ルールの最も強い修正の種類です。「安全」な修正では、サイズ以外は同じイメージになります。`,
      heading: '| ルール | 内容 | グループ | 既定 | 修正 |',
      fixes: { safe: '安全', unsafe: '選択して適用', manual: '説明のみ' },
      off: 'オフ',
    },
    cli: {
      page: 'docs/ja/cli.md',
      heading: '| オプション | コマンド | 意味 |',
      all: 'すべて',
      more: {
        format: '[CI 向けの形式](#ci-向けの形式)',
        config: '[設定](configuration.md)',
        baseline: '[ベースライン](#ベースライン)',
        level: '[レベル](optimize.md#レベル)',
        'cache-mounts': '[条件](optimize.md#キャッシュマウント)',
        target: '[Compose ファイルと Bake ファイル](configuration.md#compose-ファイルと-bake-ファイル)',
      },
    },
    optimize: {
      page: 'docs/ja/optimize.md',
      heading:
        '| フレームワーク | 見分け方 | 最終イメージ | 入るもの | 起動 | レベル `all` で追加 | [`init`](init.md) |',
    },
  },
};
const isCheck = process.argv.includes('--check');
const outOfStep = [];

emit('server/src/rules/index.ts', ruleIndex());
// With an outdated index, the engine cannot be loaded and the pages cannot be generated.
report();
const bundle = await loadEngine();
const { allRules, builtinRules, createAnalyzer, renderRulePage, ...config } = bundle;
const metas = [...allRules.map((rule) => rule.meta), ...builtinRules].sort((a, b) => a.id.localeCompare(b.id));
const frameworks = frameworkTable(bundle);
for (const [language, words] of Object.entries(LANGUAGES)) {
  const engine = createAnalyzer({ language, readTexts: spokenIn(language) });
  const { readme, folder, table, cli, optimize } = words;
  for (const meta of metas) emit(`${folder}/${meta.id}.md`, page(renderRulePage(meta, engine)));
  emit(`${folder}/README.md`, page(ruleTable(engine, table)));
  emit(readme, withRuleList(readFileSync(join(root, readme), 'utf8'), words));
  emit(cli.page, withOptions(readFileSync(join(root, cli.page), 'utf8'), engine, cli));
  const frameworksOf = [optimize.heading, frameworks].join('\n');
  emit(optimize.page, between(readFileSync(join(root, optimize.page), 'utf8'), 'frameworks', frameworksOf));
  removeStale(folder, new Set(['README.md', ...metas.map((meta) => `${meta.id}.md`)]));
}
const parity = renderParity(config.createRuleNames(allRules));
if (parity.missing.length > 0)
  console.warn(`No rule and no reason in scripts/parity/peers.mjs:\n  ${parity.missing.join('\n  ')}`);
emit('docs/parity.md', page(parity.text));
emit('package.json', withTools(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))));
emit('schemas/config.schema.json', `${JSON.stringify(configSchema(), undefined, 2)}\n`);
report();
const unsaid = metas.filter(isUnsaid).map(({ id }) => id);
if (unsaid.length > 0) console.log(`No Japanese yet, so that the English is shown: ${unsaid.join(', ')}`);

/** True for a rule with a text that is not translated into Japanese. */
function isUnsaid({ id, messages, docs }) {
  const japanese = readTexts('ja');
  const said = japanese.docs[id] ?? {};
  const isSaid = (name) => docs[name] === undefined || said[name] !== undefined;
  return (
    !['description', 'rationale', 'fixSafety'].every(isSaid) ||
    Object.keys(messages).some((name) => japanese.messages[id]?.[name] === undefined)
  );
}

function report() {
  if (outOfStep.length === 0) return;
  console.error(`Out of step, run \`npm run generate\`:\n${outOfStep.map((file) => `  ${file}`).join('\n')}`);
  process.exit(1);
}

function emit(file, content) {
  const path = join(root, file);
  let current;
  try {
    current = readFileSync(path, 'utf8');
  } catch {
    current = undefined;
  }
  if (current === content) return;
  if (isCheck) {
    outOfStep.push(file);
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

function removeStale(folder, wanted) {
  for (const file of readdirSync(join(root, folder))) {
    if (wanted.has(file)) continue;
    if (isCheck) outOfStep.push(`${folder}/${file}`);
    else rmSync(join(root, folder, file));
  }
}

function page(markdown) {
  return `<!-- Generated by scripts/generate.mjs; do not edit -->\n\n${markdown}\n`;
}

/** The manifest with the tools for language models. */
function withTools(manifest) {
  manifest.contributes.languageModelTools = languageModelTools(bundle);
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function ruleIndex() {
  const folder = join(root, 'server/src/rules');
  const rules = readdirSync(folder, { withFileTypes: true })
    .filter((group) => group.isDirectory() && group.name !== 'shared')
    .flatMap((group) =>
      readdirSync(join(folder, group.name)).map((file) => `${group.name}/${file.replace(/\.ts$/, '')}`),
    )
    .sort();
  const nameOf = (rule) => rule.split('/')[1].replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  return [
    '// Generated by scripts/generate.mjs; do not edit',
    "import type { AnyRule } from '../engine/rule';",
    ...rules.map((rule) => `import ${nameOf(rule)} from './${rule}';`),
    '',
    'export const allRules: readonly AnyRule[] = [',
    ...rules.map((rule) => `  ${nameOf(rule)},`),
    '];',
    '',
  ].join('\n');
}

/** Provides the files of texts like the bundles do. */
function spokenIn(language) {
  if (language === 'en') return () => undefined;
  const { docs, ...texts } = readTexts(language);
  return (name) => (name === `docs.${language}` ? docs : texts);
}

function ruleTable(engine, { title, about, heading, fixes, off }) {
  const rows = metas.map((meta) => {
    const { id, group, severity, recommended, fixable } = meta;
    const { description } = engine.docsOf(meta);
    const cells = [`[${id}](${id}.md)`, description, group, recommended ? severity : off, fixes[fixable] ?? ''];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [`# ${title}`, '', about(metas.length), '', heading, '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

/** Replaces the text between the markers with this name. */
function between(page, name, text) {
  const place = new RegExp(`(?<=<!-- ${name} -->\\n)[\\s\\S]*?(?=<!-- end of ${name} -->)`);
  return page.replace(place, () => `${text}\n`);
}

/** Replaces the text between the markers of the README: the groups, with examples of their rules. */
function withRuleList(readme, { folder, summary, heading }) {
  const groups = new Map(metas.map(({ group }) => [group, metas.filter((meta) => meta.group === group)]));
  const rows = [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([group, rules]) => {
      // A few rules show what the group is about; docs/rules lists all of them.
      const examples = rules.filter(({ recommended, severity }) => recommended && severity !== 'hint').slice(0, 4);
      const links = (examples.length > 0 ? examples : rules.slice(0, 4)).map(({ id }) => `[${id}](${folder}/${id}.md)`);
      return `| ${group} | ${rules.length} | ${links.join(', ')} … |`;
    });
  const automatic = metas.filter(({ fixable }) => fixable === 'safe' || fixable === 'unsafe').length;
  const text = [
    summary(metas.length, metas.filter(({ recommended }) => recommended).length, automatic),
    '',
    heading,
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
  return between(readme, 'rules', text);
}

/** Replaces the text between the markers of a page: the options of the command line. */
function withOptions(text, { localize }, { heading, all, more }) {
  const rows = Object.entries(config.OPTIONS).map(([name, option]) => {
    const commands = option.commands?.map((command) => `\`${command}\``).join(', ') ?? all;
    const help = localize(option.help) + (more[name] === undefined ? '' : ` (${more[name]})`);
    const cells = [`\`${config.headOf(name, option)}\``, commands, help];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  const table = [heading, '| --- | --- | --- |', ...rows].join('\n');
  return between(text, 'options', table);
}

/** Rules that a configuration defines, by id. */
function customRulesSchema(list) {
  const text = (description, more = {}) => ({ type: 'string', minLength: 1, maxLength: 1000, description, ...more });
  const pattern = (description) =>
    text(description, { maxLength: 500, examples: ['curl .*\\\\| *sh', '(?i)password'] });
  const keywords = [...config.KEYWORDS];
  const match = {
    type: 'object',
    description: 'What to report: everything that is given must hold',
    additionalProperties: false,
    minProperties: 1,
    properties: {
      instruction: {
        anyOf: [{ enum: keywords }, { type: 'array', minItems: 1, items: { enum: keywords } }],
        description: 'Only in these instructions',
      },
      stage: { enum: ['final', 'build'], description: 'Only in the final stage, or only in the others' },
      command: list('A program and its first arguments, such as `npm install`; `*` matches any text in a word'),
      options: list('Options that the command must have, such as `--registry`'),
      withoutOptions: list('Options that the command must not have'),
      image: list('Images in FROM, COPY --from and RUN --mount=from, such as `node:18-*`'),
      variable: list('Variables that ENV or ARG sets, such as `*_PROXY`'),
      pattern: pattern('A pattern (RE2) in the command, the image, the value of the variable, or the arguments'),
      unless: pattern('A pattern (RE2) that must not be there'),
    },
  };
  const rule = {
    type: 'object',
    additionalProperties: false,
    required: ['message', 'match'],
    properties: {
      message: text('What is wrong, in a short sentence without a full stop'),
      severity: { enum: ['error', 'warning', 'info', 'hint'], default: 'warning', description: 'How bad it is' },
      reason: text('Why, shown on hover'),
      url: text('A page about the rule', { pattern: '^https?://' }),
      files: list('Globs for the files to check; all when left out'),
      match: {
        anyOf: [match, { type: 'array', minItems: 1, items: match }],
        description: 'One match, or a list of which one is enough',
      },
      fix: {
        type: 'object',
        description: 'Replaces what the finding marks',
        additionalProperties: false,
        required: ['replacement'],
        properties: {
          replacement: {
            type: 'string',
            maxLength: 1000,
            description: 'The new text; `$1` and `$<name>` are groups of the pattern',
          },
          title: text('The name of the fix in menus, as a command'),
          safety: {
            enum: ['safe', 'unsafe'],
            default: 'unsafe',
            description: 'Safe: the image stays the same, so `fix` and fix-on-save apply it',
          },
        },
      },
      examples: {
        type: 'object',
        description: 'Run by `dockerfile-optimizer config test`',
        additionalProperties: false,
        properties: {
          valid: list('Code that the rule must not report'),
          invalid: {
            description: 'Code that the rule must report',
            type: 'array',
            items: {
              anyOf: [
                { type: 'string' },
                {
                  type: 'object',
                  additionalProperties: false,
                  required: ['code'],
                  properties: {
                    code: { type: 'string', description: 'Code that the rule must report' },
                    fixed: { type: 'string', description: 'The code after the fix' },
                  },
                },
              ],
            },
          },
        },
      },
    },
  };
  const missing = [
    ...config.CUSTOM_KEYS.filter((key) => !Object.hasOwn(rule.properties, key)),
    ...config.MATCH_KEYS.filter((key) => !Object.hasOwn(match.properties, key)),
  ];
  if (missing.length > 0) throw new Error(`The schema says nothing of ${missing.join(', ')}`);
  return {
    type: 'object',
    description: 'Rules of your own, by ID: lower-case words with `-` between them',
    maxProperties: 100,
    propertyNames: { pattern: '^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$' },
    additionalProperties: rule,
  };
}

/** How the image is run to verify a plan, and what is compared. */
function verifySchema(list) {
  const text = (description) => ({ type: 'string', description });
  const scalar = { type: ['string', 'number', 'boolean'] };
  const seconds = (byDefault, description) => ({ type: 'integer', minimum: 1, default: byDefault, description });
  const check = {
    type: 'object',
    additionalProperties: false,
    properties: {
      method: { type: 'string', default: 'GET', description: 'The HTTP method' },
      path: { type: 'string', default: '/', description: 'The path, such as `/health`' },
      port: { type: 'integer', description: 'The port; each one that the program opens when left out' },
      body: text('What is sent'),
      status: { type: 'integer', description: 'The status that the program must answer' },
      contains: text('What the answer must contain'),
    },
  };
  return {
    type: 'object',
    description: 'How to run the image to verify a plan, and what to compare',
    additionalProperties: false,
    properties: {
      http: { type: 'array', items: { anyOf: [text('A path'), check] }, description: 'Requests to compare' },
      env: { type: 'object', additionalProperties: scalar, description: 'Variables of the container' },
      envFiles: list('Files with variables, relative to the build context'),
      args: list('Arguments in place of CMD'),
      calls: { type: 'array', items: list('Arguments of one start'), description: 'More starts, with other arguments' },
      volumes: list('Mounts as in `docker run --volume`; paths of the host are relative to the build context'),
      command: text('A command for the shell of this machine; it gets the image as `$IMAGE`'),
      compose: text('A service of the Compose file, which is started with its dependencies'),
      startSeconds: seconds(60, 'How long the program may take until it listens, is healthy or exits'),
      watchSeconds: seconds(8, 'How long a program that does none of these is watched'),
      ignore: { type: 'array', items: { enum: config.ASPECTS }, description: 'What is not compared' },
    },
  };
}

function configSchema() {
  const severity = { enum: ['off', 'hint', 'info', 'warning', 'error'] };
  const choice = {
    anyOf: [
      severity,
      {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: {
          severity: { ...severity, description: 'Off, or how bad it is' },
          fix: {
            enum: config.FIX_CHOICES,
            enumDescriptions: [
              'All its fixes are applied by `fix`, on save and in plans, also those that may change behavior',
              'Only a person applies a fix, at its finding',
              'It offers no fixes',
            ],
            description: 'Which of its fixes are applied; only safe ones when left out',
          },
        },
      },
    ],
  };
  const described = new Map();
  for (const meta of metas) {
    for (const name of [meta.id, ...meta.aliases]) {
      const text = name === meta.id ? meta.docs.description : `${meta.id}: ${meta.docs.description}`;
      described.set(name, described.has(name) ? `${described.get(name)}; ${text}` : text);
    }
  }
  const names = [...described].map(([name, description]) => [name, { description, $ref: '#/definitions/choice' }]);
  const rules = {
    type: 'object',
    properties: Object.fromEntries(names),
    patternProperties: { '^SC\\d{4}$': { description: 'A check of ShellCheck', $ref: '#/definitions/choice' } },
    // The IDs of custom rules.
    additionalProperties: { $ref: '#/definitions/choice' },
  };
  const list = (what) => ({
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    description: what,
  });
  const properties = {
    extends: {
      enum: config.PRESETS,
      enumDescriptions: config.PRESETS.map((preset) => config.PRESET_DESCRIPTIONS[preset]),
      default: 'recommended',
      description: 'The rules to start from',
    },
    rules: { $ref: '#/definitions/rules', description: 'Rules to switch off, or their severity' },
    overrides: {
      type: 'array',
      description: 'Other choices for some files; the later wins',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['files', 'rules'],
        properties: { files: list('Globs'), rules: { $ref: '#/definitions/rules' } },
      },
    },
    trustedRegistries: list('Registries whose images may be used, such as `ghcr.io` or `*.example.com`'),
    approvedImages: list('Images that may be used, such as `node:22-*`, `ghcr.io/acme/*` or `*@sha256:*`'),
    customRules: customRulesSchema(list),
    requiredLabels: {
      type: 'object',
      description: 'Labels that an image must have, with the format of their values',
      additionalProperties: { enum: config.LABEL_FORMATS },
    },
    strictLabels: { type: 'boolean', default: false, description: 'No labels but the required ones' },
    targetStage: {
      type: ['string', 'integer'],
      description: 'The stage that `docker build --target` names; the last one when left out',
    },
    buildArgs: {
      type: 'object',
      description: 'Values that `docker build --build-arg` gives',
      additionalProperties: { type: ['string', 'number', 'boolean'] },
    },
    budget: {
      type: 'object',
      description: 'What the image may have at most',
      additionalProperties: false,
      properties: {
        image: { type: 'string', description: 'Unpacked size of all layers, such as `200MB` or `1.5 GB`' },
        layers: { type: 'integer', minimum: 0, description: 'Layers that the Dockerfile adds' },
      },
    },
    failOn: { enum: config.FAIL_ON, default: 'warning', description: 'From which severity on `lint` exits with 1' },
    baseline: { type: 'string', description: 'The file of known findings, from this folder: they are not reported' },
    ignoreComments: { type: 'boolean', default: true, description: 'False: comments silence no rule' },
    optimize: {
      type: 'object',
      description: 'What Optimize Dockerfile cannot see in the files',
      additionalProperties: false,
      properties: {
        without: list('IDs of steps that a plan never has'),
        writes: list('Absolute paths of directories that the program writes'),
        needs: list('Programs that the program calls, such as `curl`'),
      },
    },
    verify: verifySchema(list),
  };
  const missing = config.CONFIG_KEYS.filter((key) => !Object.hasOwn(properties, key));
  if (missing.length > 0) throw new Error(`The schema says nothing of ${missing.join(', ')}`);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Generated by scripts/generate.mjs; do not edit',
    title: 'Dockerfile Optimizer configuration',
    type: 'object',
    additionalProperties: false,
    definitions: { choice, rules },
    properties: { $schema: { type: 'string' }, ...properties },
  };
}
