import { contextFileAt } from '../../app/contextFileAt';
import { absolutePath, workdirAt } from '../../app/copiedFiles';
import { contextOfBuild } from '../../app/site';
import { baseImage, inheritedInstructions } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import { isAtLeast } from '../../knowledge/imageTag';

export default defineRule({
  meta: {
    id: 'go-module-version',
    group: 'correctness',
    severity: 'error',
    recommended: true,
    since: '0.2.0',
    aliases: [],
    fixable: 'manual',
    messages: {
      older: 'go.mod requires Go {wanted}: Go {version} of this image refuses to build it',
      newer: 'Write a tag of Go {wanted} or later',
    },
    docs: {
      description: 'Build with the version of Go that go.mod requires',
      rationale:
        'The `go` line of go.mod names the oldest Go that may build the module. The images of Go set `GOTOOLCHAIN=local`, so that Go does not download a newer one: `go: go.mod requires go >= 1.25 (running go 1.24; GOTOOLCHAIN=local)`. Go 1.21 and later check this.',
      fixSafety: { manual: 'the program should be tested with the newer Go.' },
      bad: ['FROM golang:1.24\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n'],
      good: ['FROM golang:1.25\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\n'],
      references: ['https://go.dev/doc/toolchain'],
    },
  },
  visits: { tools: ['go'] },
  create: ({ dockerfile, buildContext, report }) => ({
    command(command, on) {
      const { stage } = on;
      const image = stage && baseImage(stage);
      const version = image?.name === 'golang' ? /^1\.\d+(?:\.\d+)?(?=-|$)/.exec(image.tag ?? '')?.[0] : undefined;
      const [, verb, second] = command.words.map(({ value }) => value);
      if (!stage || version === undefined || !isAtLeast(version, '1.21') || command.isConditional) return;
      if (
        !(verb === 'build' || (verb === 'mod' && second === 'download')) ||
        command.words.some(({ value }) => /^-C|^-modfile/.test(value))
      )
        return;
      const steps = inheritedInstructions(stage);
      if (steps.some(({ bodyText }) => /GOTOOLCHAIN|GOWORK|go\.work/.test(bodyText)) || /\bcd\b/.test(on.bodyText))
        return;
      const context = buildContext && contextOfBuild(buildContext);
      const path =
        context &&
        contextFileAt(absolutePath('go.mod', workdirAt(on)), stage, on.span.start, CHANGES, { dockerfile, context });
      const wanted = /^go[ \t]{1,9}(\d+\.\d+(?:\.\d+)?)/m.exec((path && context?.read(path)) ?? '')?.[1];
      // A tag without a patch moves to the newest one.
      const has = version.split('.').length > 2 ? version : `${version}.99`;
      const first = steps.find(({ script }) => script?.commands.some(({ name }) => name === 'go'));
      if (wanted === undefined || isAtLeast(has, wanted) || first !== on) return;
      if (on.script?.commands.find(({ name }) => name === 'go') !== command) return;
      report(command.span, 'older', {
        data: { wanted, version },
        fix: { title: 'newer', data: { wanted }, safety: 'manual' },
      });
    },
  }),
});

/** What may write go.mod. */
const CHANGES = /\bgo (?:mod (?:init|edit|tidy)|get)\b|\bgo\.mod\b|\b(?:git|curl|wget|tar|cp|mv|sed|make)\b|\.sh\b/;
