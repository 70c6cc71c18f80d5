import rule from '../../../server/src/rules/correctness/require-arg-in-stage';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM --platform=$BUILDPLATFORM a\nARG TARGETOS\nENV B=$TARGETOS\n',
    'FROM a\nRUN TARGETARCH=$(b); c $TARGETARCH\n',
    'ARG B=c\nFROM a\nCOPY --from=$B /d /e\n',
    'ARG B\nFROM a\nARG B\nRUN c $B\n',
    'ARG B\nFROM a:$B\n',
    'ARG B\nFROM a\nENV B=c\nRUN d $B\n',
    'ARG B\nFROM a\nRUN B=c; d $B\n',
    "ARG B\nFROM a\nRUN echo '$B'\n",
    'ARG B\nFROM a AS x\nARG B\nFROM x\nRUN c $B\n',
    'FROM a\nRUN c $B\n',
    'ARG B\nFROM a\nCMD c $B\n',
    'ARG B\nFROM a\nRUN c ${B:-d}\n',
    'FROM a AS x\nARG B=1\nFROM debian:12\nRUN . /etc/os-release && c $B\n',
    'FROM a AS x\nARG B=1\nFROM y/unknown\nRUN c $B\n',
    'FROM debian:12 AS x\nARG B=1\nFROM x\nRUN c $B\n',
    'FROM a AS x\nARG PATH=1\nFROM debian:12\nRUN c $PATH\n',
    'ARG B\nFROM a\nRUN B=c make; d $B\n',
  ],
  invalid: [
    {
      name: 'set only below',
      escape: false,
      code: 'ARG B\nFROM a\nLABEL c=$B\nENV B=d\nRUN e $B\n',
      findings: [{ messageId: 'empty', at: ['B', 3] }],
      output: 'ARG B\nFROM a\nARG B\nLABEL c=$B\nENV B=d\nRUN e $B\n',
    },
    {
      code: 'FROM a\nRUN b $TARGETARCH\nCOPY c-${TARGETARCH} /d\n',
      findings: [{ messageId: 'platform', at: 'TARGETARCH', data: { name: 'TARGETARCH' } }],
      output: 'FROM a\nARG TARGETARCH\nRUN b $TARGETARCH\nCOPY c-${TARGETARCH} /d\n',
      escape: false,
    },
    {
      code: 'ARG B=1\nFROM a AS x\nARG B\nFROM c\nENV D=$B\n',
      findings: [{ messageId: 'empty', at: ['B', 3] }],
      output: 'ARG B=1\nFROM a AS x\nARG B\nFROM c\nARG B\nENV D=$B\n',
      escape: false,
    },
    {
      name: 'a name that stands for itself sets nothing',
      code: 'ARG B=1\nARG C=2\nFROM a\nARG C\nENV B=$B\nRUN d $C\n',
      findings: [{ messageId: 'empty', at: ['B', 3] }],
      output: 'ARG B=1\nARG C=2\nFROM a\nARG B\nARG C\nENV B=$B\nRUN d $C\n',
      escape: false,
    },
    {
      code: 'ARG B=1\nFROM a\nRUN make B="${B}" && go build -ldflags "-X main.B=$B"\n',
      findings: [{ messageId: 'empty', at: ['B', 3] }],
      output: 'ARG B=1\nFROM a\nARG B\nRUN make B="${B}" && go build -ldflags "-X main.B=$B"\n',
      escape: false,
    },
    {
      name: 'the ARG of another stage',
      code: 'FROM a AS x\nARG B="1"\nFROM debian:12\nRUN c ${B%.*}\n',
      findings: [{ messageId: 'other', at: ['B', 2] }],
      output: 'FROM a AS x\nARG B="1"\nFROM debian:12\nARG B="1"\nRUN c ${B%.*}\n',
      escape: false,
    },
    {
      code: 'ARG B=1\nFROM a\nCOPY c-$B /d\nRUN e ${B}\n',
      findings: [{ messageId: 'empty', at: ['B', 2], data: { name: 'B' } }],
      output: 'ARG B=1\nFROM a\nARG B\nCOPY c-$B /d\nRUN e ${B}\n',
      escape: false,
    },
  ],
});
