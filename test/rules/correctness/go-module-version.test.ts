import rule from '../../../server/src/rules/correctness/go-module-version';
import { buildContextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const buildContext = buildContextOf({ 'go.mod': 'module a\n\ngo 1.25\n', 'patch/go.mod': 'module a\n\ngo 1.24.5\n' });
const go = (tag: string, run: string, from = '.', env = '') => ({
  code: `FROM golang:${tag}\n${env}WORKDIR /src\nCOPY ${from} .\nRUN ${run}\n`,
  buildContext,
});

testRule(rule, {
  onbuild: false,
  docs: { buildContext: buildContextOf({ 'go.mod': 'module a\n\ngo 1.25\n', 'go.sum': '' }) },
  valid: [
    { ...go('1.24', 'go build'), buildContext: undefined as never, name: 'without its files' },
    go('1.25', 'go build'),
    go('1.24', 'go build', 'patch/'),
    go('alpine', 'go build'),
    // It only warns.
    go('1.20', 'go build'),
    go('1.24', 'go build', '.', 'ENV GOTOOLCHAIN=auto\n'),
    go('1.24', 'go mod edit -go=1.24 && go build'),
    go('1.24', 'go version'),
    go('1.24', 'cd patch && go build'),
    go('1.24', 'go build -C patch'),
  ].map(({ buildContext: files, ...one }) => (files ? { ...one, buildContext: files } : one)),
  invalid: [
    { ...go('1.24-alpine', 'go mod download && go build'), findings: [{ messageId: 'older', at: 'go mod download' }] },
    { ...go('1.24.2', 'go build -o /a .', 'patch/'), findings: [{ messageId: 'older', at: 'go build -o /a .' }] },
  ],
});
