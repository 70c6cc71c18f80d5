import rule from '../../../server/src/rules/correctness/no-missing-operator';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nRUN apt-get install -y curl \\\n  git \\\n  sudo \\\n  tar xz\n',
    'FROM debian:12\nRUN apt-get install -y \\\n  curl && \\\n  rm -rf /var/lib/apt/lists/*\n',
    'FROM debian:12\nRUN find /a -exec \\\n  rm -rf /b \\;\n',
    'FROM debian:12\nRUN xargs \\\n  chmod 755 < a\n',
    'FROM debian:12\nRUN cp rm chmod 755 /b\n',
    'FROM debian:12\nRUN mkdir -p /a \\\n  apt \\\n  cd\n',
    'FROM debian:12\nRUN curl -o \\\n  rm -f https://example.com/\n',
  ],
  invalid: [
    {
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl \\\n  rm -rf /var/lib/apt/lists/*\n',
      findings: [{ messageId: 'joined', at: 'rm', data: { inner: 'rm', outer: 'apt-get' } }],
      output: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl \\\n  && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      code: 'FROM debian:12\nRUN apt-get update \\\n  # tools\n  apt-get install -y curl\n',
      findings: [{ messageId: 'joined', at: ['apt-get', 2] }],
      output: 'FROM debian:12\nRUN apt-get update \\\n  # tools\n  && apt-get install -y curl\n',
    },
    {
      code: 'FROM fedora:42\nRUN dnf install -y httpd \\\n\tdnf clean all\n',
      findings: [{ messageId: 'joined', at: ['dnf', 2] }],
      output: 'FROM fedora:42\nRUN dnf install -y httpd \\\n\t&& dnf clean all\n',
    },
    {
      code: 'FROM debian:12\nRUN mkdir -p /data \\\n  chmod 777 /data \\\n  cd /data\n',
      findings: [{ messageId: 'joined', at: 'chmod', data: { inner: 'chmod', outer: 'mkdir' } }],
      output: 'FROM debian:12\nRUN mkdir -p /data \\\n  && chmod 777 /data \\\n  && cd /data\n',
    },
    {
      code: 'FROM debian:12\nRUN chmod +x /a.sh \\\n  curl -fsSL https://example.com/b -o /b\n',
      findings: [{ messageId: 'joined', at: 'curl' }],
      output: 'FROM debian:12\nRUN chmod +x /a.sh \\\n  && curl -fsSL https://example.com/b -o /b\n',
    },
  ],
});
