import rule from '../../../server/src/rules/correctness/heredoc-errexit';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN <<EOF\nset -ex\nb\nc\nEOF\n',
    'FROM a\nRUN <<EOF\nb\nEOF\n',
    'FROM a\nRUN <<EOF\n#!/bin/bash -e\nb\nc\nEOF\n',
    'FROM a\nSHELL ["bash", "-euo", "pipefail", "-c"]\nRUN <<EOF\nb\nc\nEOF\n',
    'FROM a\nRUN <<EOF\nb && \\\nc\nEOF\n',
    'FROM a\nRUN b; c\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN <<EOF\nb; c\nEOF\n',
      findings: [{ messageId: 'goesOn', at: '<<EOF' }],
      output: 'FROM a\nRUN <<EOF\nset -e\nb; c\nEOF\n',
      escape: false,
      onbuild: false,
    },

    {
      code: 'FROM a\nRUN <<-EOF\n\tb\n\tc\nEOF\n',
      findings: [{ messageId: 'goesOn', at: '<<-EOF' }],
      output: 'FROM a\nRUN <<-EOF\n\tset -e\n\tb\n\tc\nEOF\n',
      escape: false,
      onbuild: false,
    },
  ],
});
