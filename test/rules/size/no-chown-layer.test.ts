import rule from '../../../server/src/rules/size/no-chown-layer';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY --chown=b c /d\nRUN chown -R b /d\n',
    'FROM a\nRUN chown -R b /d\n',
    'FROM a\nCOPY c /e\nRUN chown -R b /d\n',
    'FROM a\nCOPY c /d\nRUN chown -R $B /d\n',
    'FROM a AS x\nCOPY c /d\nRUN chown -R b /d\nFROM e\n',
    'FROM a\nCOPY c /dd\nRUN chown -R b /d\n',
    // the folder alone is no file
    'FROM a\nWORKDIR /d\nCOPY c /d\nRUN chown b /d\n',
  ],
  invalid: [
    {
      // WORKDIR made the folder for root: it is still given away
      code: 'FROM a\nWORKDIR /app\nCOPY . .\nRUN chown -R b:b /app\nCMD c\n',
      findings: [{ messageId: 'twice', at: 'chown -R b:b /app' }],
      output: 'FROM a\nWORKDIR /app\nCOPY --chown=b:b . .\nRUN chown b:b /app\nCMD c\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY c /opt\nRUN chown -R b /opt\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /opt' }],
      output: 'FROM a\nCOPY --chown=b c /opt\nRUN chown b /opt\n',
      onbuild: false,
    },
    {
      // COPY makes it for the owner that it names
      code: 'FROM a\nCOPY --from=x c /d/e/\nCOPY f /d/\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nCOPY --chown=b --from=x c /d/e/\nCOPY --chown=b f /d/\n',
      onbuild: false,
    },
    {
      // a linked copy knows no names
      code: 'FROM a\nCOPY --link f /d/\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: 'FROM a\nCOPY --chown=b f /d/\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY --link f /d/\nRUN chown -R 1000:1000 /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R 1000:1000 /d' }],
      output: 'FROM a\nCOPY --chown=1000:1000 --link f /d/\n',
      onbuild: false,
    },
    {
      // node_modules would stay root's
      code: 'FROM a\nWORKDIR /d\nCOPY c .\nRUN npm ci\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // the folders that were made would stay root's
      code: 'FROM a\nRUN useradd b\nWORKDIR /d\nRUN mkdir -p /d/data/x \\\n  /d/logs\nCOPY c /d/c\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      code: 'FROM a\nWORKDIR /d/src\nCOPY c .\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      // the user is not there yet
      code: 'FROM a\nCOPY c /d\nRUN useradd b\nRUN chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      output: null,
      onbuild: false,
    },
    {
      code: 'FROM a\nCOPY c /d/e\nRUN useradd b && chown -R b /d\n',
      findings: [{ messageId: 'twice', at: 'chown -R b /d' }],
      onbuild: false,
    },
  ],
});
