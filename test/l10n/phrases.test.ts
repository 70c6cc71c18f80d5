import { expect, it } from 'vitest';
import { createEngine } from '../../server/src/engine/createEngine';
import { createLocalize } from '../../server/src/l10n/localize';
import noSshPort from '../../server/src/rules/security/no-ssh-port';
import { testKnowledge } from '../helpers/testKnowledge';

const rules = [noSshPort];
const knowledge = testKnowledge;

it('says the words in a message in the language of the message', () => {
  const engine = createEngine({
    rules,
    knowledge,
    translate: () => 'ポート {port} は管理用です: {service}',
    localize: createLocalize({ 'Remote Desktop': 'リモートデスクトップ' }),
  });
  const [desktop, shell] = engine.lint('FROM debian:12\nEXPOSE 3389\nEXPOSE 22\n').findings;
  expect(desktop?.message).toBe('ポート 3389 は管理用です: リモートデスクトップ');
  expect(shell?.message).toBe('ポート 22 は管理用です: SSH');
});

it('says them in English where there is no other language', () => {
  const [desktop] = createEngine({ rules, knowledge }).lint('FROM debian:12\nEXPOSE 3389\n').findings;
  expect(desktop?.message).toBe('Port 3389 is for administration: Remote Desktop');
});
