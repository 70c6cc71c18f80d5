import rule from '../../../server/src/rules/size/pip-no-cache-dir';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM ubuntu:14.04\nRUN apt-get install -y python-pip\nRUN pip install b\n',
    'FROM debian:jessie\nRUN apt-get install -y python-pip && pip install --upgrade pip\n',
    'FROM python:3.11\nRUN pip install --no-cache-dir -r requirements.txt\n',
    'FROM python:3.11\nRUN pip install --no-cache flask\n',
    'FROM python:3.11\nRUN pip --no-cache-dir install flask\n',
    'FROM python:3.11\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n',
    'FROM python:3.11 AS base\nENV PIP_NO_CACHE_DIR=1\nFROM base\nRUN pip install flask\n',
    'FROM python:3.11\nRUN PIP_NO_CACHE_DIR=1 pip install flask\n',
    'FROM python:3.11\nRUN export PIP_NO_CACHE_DIR=1 && pip install flask\n',
    'FROM python:3.11\nRUN --mount=type=cache,target=/root/.cache pip install flask\n',
    'FROM python:3.11\nRUN pip install flask && rm -rf ~/.cache/pip\n',
    'FROM python:3.11\nRUN pip install flask && pip cache purge\n',
    'FROM python:3.11\nRUN pip list\n',
    'FROM python:3.11 AS b\nRUN pip install flask\nFROM python:3.11\nCOPY --from=b /a /a\n',
  ],
  invalid: [
    {
      name: 'an old release with a new pip',
      code: 'FROM ubuntu:14.04\nRUN apt-get install -y python-pip\nRUN pip install -U pip\nRUN pip install b\n',
      findings: [{ messageId: 'missing', at: ['install', 3] }],
      output:
        'FROM ubuntu:14.04\nRUN apt-get install -y python-pip\nRUN pip install -U pip\nRUN pip install --no-cache-dir b\n',
    },
    {
      code: 'FROM python AS b\nRUN pip install c\nFROM scratch\nCOPY --from=b /c /c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM python AS b\nRUN pip install --no-cache-dir c\nFROM scratch\nCOPY --from=b /c /c\n',
    },

    {
      // the later RUN would find nothing to remove
      code: 'FROM python:3.11\nRUN pip install flask\nRUN rm -r /root/.cache\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nRUN pip install flask\nRUN rm -rf /root/.cache\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM python:3.11\nRUN pip install --no-cache-dir flask\nRUN rm -rf /root/.cache\n',
    },
    {
      code: 'FROM python:3.11\nENV PIP_NO_CACHE_DIR=off\nRUN pip install flask\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM python:3.11\nENV PIP_NO_CACHE_DIR=off\nRUN pip install --no-cache-dir flask\n',
    },
    {
      code: 'FROM python:3.11\nRUN pip install -r requirements.txt\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM python:3.11\nRUN pip install --no-cache-dir -r requirements.txt\n',
    },
    {
      code: 'FROM python:3.11\nRUN python3 -m pip install --upgrade pip && /venv/bin/pip3 install flask\n',
      findings: [
        { messageId: 'missing', at: ['install', 1] },
        { messageId: 'missing', at: ['install', 2] },
      ],
      output:
        'FROM python:3.11\nRUN python3 -m pip install --no-cache-dir --upgrade pip && /venv/bin/pip3 install --no-cache-dir flask\n',
    },
  ],
});
