import rule from '../../../server/src/rules/reproducibility/pin-pip-packages';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN pip install git+https://github.com/b/c.git@v1 git+ssh://git@github.com/b/c@v1#egg=c d/e\n',
    'FROM a\nRUN pip install b==1 "c>=2,<3" d~=4 "e[x]==5"\n',
    'FROM a\nRUN pip install -r requirements.txt\n',
    'FROM a\nRUN pip install b -c constraints.txt\n',
    'FROM a\nRUN pip install . ./b /c/d e.whl https://x/y.zip git+https://x/y.git@v1\n',
    'FROM a\nRUN pip install -e .\n',
    'FROM a\nRUN pip install $B "c==${V}"\n',
    'FROM a\nRUN pip install --index-url https://x/y --target /z b==1\n',
    'FROM a\nRUN pip download b\n',
    'FROM a\nRUN pipx install --python x b==1\n',
    'FROM a\nCMD pip install b\n',
  ],
  invalid: [
    {
      name: 'extras',
      code: 'FROM a\nRUN pip install uvicorn[standard] "fastapi[all]"\n',
      findings: [
        { messageId: 'unpinned', at: 'uvicorn[standard]' },
        { messageId: 'unpinned', at: '"fastapi[all]"' },
      ],
    },
    {
      code: 'FROM a\nRUN pip install git+ssh://git@github.com/b/c.git\n',
      findings: [{ messageId: 'git', at: 'git+ssh://git@github.com/b/c.git' }],
    },
    {
      code: 'FROM a\nRUN pip3 install --no-cache-dir --upgrade pip b==1\n',
      findings: [{ messageId: 'unpinned', at: ['pip', 2], data: { name: 'pip' } }],
    },
    {
      code: 'FROM a\nRUN apt-get update && \\\n  # why\n  python3.11 -m pip install --prefix /b \\\n  "c[d]" e\n',
      findings: [
        { messageId: 'unpinned', at: '"c[d]"' },
        { messageId: 'unpinned', at: ['e', 4] },
      ],
      escape: false,
    },
  ],
});
