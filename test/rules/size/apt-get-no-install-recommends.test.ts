import rule from '../../../server/src/rules/size/apt-get-no-install-recommends';
import { buildContextOf as contextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM debian:12\nENV F="-o APT::Install-Recommends=false"\nRUN apt-get $F install -y b\n',
    'FROM debian:12\nRUN echo \'APT::Install-Recommends "false";\' > /etc/apt/apt.conf.d/b\nRUN apt-get install -y c\n',
    'FROM debian:12\nRUN F="-y --no-install-recommends"; apt-get install $F b\n',

    { code: 'FROM debian:12\nRUN apt install -y b\n', name: 'as hadolint tells it', settings: { dialect: 'hadolint' } },

    'FROM debian:12\nARG F="-y --no-install-recommends"\nRUN apt-get update && apt-get install $F b\n',
    'FROM debian:12\nRUN apt-get --install-suggests -y install osmo-msc\n',
    'FROM debian:12\nRUN apt-get install -y --no-install-recommends curl\n',
    'FROM debian:12\nRUN apt-get -y install curl --no-install-recommends\n',
    'FROM debian:12\nRUN apt-get install -o APT::Install-Recommends=false curl\n',
    'FROM debian:12\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/a && apt-get install -y curl\n',
    'FROM debian:12\nRUN apt-get install -y --install-recommends curl\n',
    'FROM debian:12\nRUN apt-get install -f\n',
    'FROM debian:12\nRUN apt-get update\n',
    'FROM debian:12\nRUN apt-cache search install curl\n',
    'FROM debian:12 AS b\nRUN apt-get install -y gcc\nFROM debian:12\n',
  ],
  invalid: [
    {
      name: 'an option counts only for its command',
      code: 'FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install -y b && apt-get install -y c\n',
      findings: [{ messageId: 'missing', at: ['install', 2] }],
      output:
        'FROM debian:12\nRUN apt-get -o APT::Install-Recommends=false install -y b && apt-get install --no-install-recommends -y c\n',
    },
    {
      name: 'a list with comments, which belong to their packages',
      code: 'FROM debian:12\nRUN apt-get install -y \\\n  # downloads\n  curl \\\n  # times \\\n  tzdata\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get install --no-install-recommends -y \\\n  # downloads\n  curl \\\n  # times \\\n  tzdata \\\n  ca-certificates\n',
      escape: false,
    },
    {
      code: 'FROM debian:12 AS b\nRUN apt-get install -y c\nFROM scratch\nCOPY --from=b / /\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12 AS b\nRUN apt-get install --no-install-recommends -y c\nFROM scratch\nCOPY --from=b / /\n',
    },

    {
      code: 'FROM debian:12 AS b\nRUN apt-get install -y c\nFROM scratch\nCOPY --from=b /c /c\n',
      name: 'as hadolint tells it',
      settings: { dialect: 'hadolint' },
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12 AS b\nRUN apt-get install --no-install-recommends -y c\nFROM scratch\nCOPY --from=b /c /c\n',
    },

    {
      name: 'one name for the certificates',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt-get install -y git\n',
      findings: [
        { messageId: 'missing', at: 'install' },
        { messageId: 'missing', at: ['install', 2] },
      ],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y curl ca-certificates && apt-get install --no-install-recommends -y git\n',
    },
    {
      name: 'one name for certificates that an earlier package recommends',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y 2ping && apt-get install -y git && git clone https://example.com/a\n',
      findings: [
        { messageId: 'missing', at: 'install' },
        { messageId: 'missing', at: ['install', 2] },
      ],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y 2ping ca-certificates && apt-get install --no-install-recommends -y git && git clone https://example.com/a\n',
    },
    {
      name: 'a list in columns',
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y \\\n  dumb-init         \\\n  curl              \\\n  && rm -rf /var/lib/apt/lists/*\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y \\\n  dumb-init         \\\n  curl              \\\n  ca-certificates   \\\n  && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN apt-get update && apt-get install --no-install-recommends -y curl ca-certificates\n',
    },
    {
      code: 'FROM debian:12\nRUN apt-get update \\\n && apt-get -qq -y install \\\n    curl \\\n    git\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get update \\\n && apt-get -qq -y install --no-install-recommends \\\n    curl \\\n    git \\\n    ca-certificates\n',
    },
    {
      code: 'FROM debian:12\nRUN if [ -n "$DEV" ]; then apt install -y gdb; fi\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN if [ -n "$DEV" ]; then apt install --no-install-recommends -y gdb; fi\n',
    },
    {
      // make and the compiler are only recommended.
      code: 'FROM debian:12\nRUN apt-get install -y cmake\nRUN cmake -B build && cmake --build build\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get install --no-install-recommends -y cmake gcc libc6-dev make\nRUN cmake -B build && cmake --build build\n',
    },
    {
      // g++ depends on gcc and libc6-dev.
      code: 'FROM debian:12\nRUN apt-get install -y g++ cmake\nRUN cmake -B build && cmake --build build\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get install --no-install-recommends -y g++ cmake make\nRUN cmake -B build && cmake --build build\n',
    },
    ...[
      ['ninja -C build', ''],
      ['make -C tools', ' build-essential'],
    ].map(([build, added]) => ({
      name: `what Meson recommends beside a compiler, with ${build}`,
      code: `FROM debian:12\nRUN apt-get install -y g++ meson ninja-build\nRUN meson setup build && ${build}\n`,
      findings: [{ messageId: 'missing', at: 'install' } as const],
      output: `FROM debian:12\nRUN apt-get install --no-install-recommends -y g++ meson ninja-build${added}\nRUN meson setup build && ${build}\n`,
    })),
    {
      // it depends on all of them
      code: 'FROM debian:12\nRUN apt-get install -y build-essential cmake\nRUN cmake -B build && cmake --build build\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get install --no-install-recommends -y build-essential cmake\nRUN cmake -B build && cmake --build build\n',
    },
    {
      // autoreconf calls automake, which autoconf only recommends.
      code: 'FROM debian:12\nRUN apt-get install -y autoconf build-essential\nRUN autoreconf --install && ./configure && make\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get install --no-install-recommends -y autoconf build-essential automake\nRUN autoreconf --install && ./configure && make\n',
    },
    {
      code: 'FROM python:3.11-slim\nRUN apt-get install -y xvfb curl\nCMD xvfb-run python app.py\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM python:3.11-slim\nRUN apt-get install --no-install-recommends -y xvfb curl xauth\nCMD xvfb-run python app.py\n',
    },
    {
      code: 'FROM debian:12\nRUN apt-get install -y python3-pip\nRUN pip3 install lxml\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get install --no-install-recommends -y python3-pip build-essential python3-dev\nRUN pip3 install lxml\n',
    },
    {
      // pip builds nothing without setuptools, and this release only recommends it.
      code: 'FROM ubuntu:18.04\nRUN apt-get install -y python3-pip\nRUN pip3 install flask\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM ubuntu:18.04\nRUN apt-get install --no-install-recommends -y python3-pip build-essential python3-dev python3-setuptools python3-wheel\nRUN pip3 install flask\n',
    },
    {
      code: 'FROM nvidia/cuda:9.0-base-ubuntu16.04\nRUN apt-get install -y python-pip python-dev\nRUN pip install flask\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM nvidia/cuda:9.0-base-ubuntu16.04\nRUN apt-get install --no-install-recommends -y python-pip python-dev build-essential python-setuptools python-wheel\nRUN pip install flask\n',
    },
    {
      // The image has its own Python.
      code: 'FROM python:3.11-slim\nRUN apt-get install -y ffmpeg\nCMD ["python3", "app.py"]\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM python:3.11-slim\nRUN apt-get install --no-install-recommends -y ffmpeg\nCMD ["python3", "app.py"]\n',
    },
    {
      // Debian's Node.js takes its certificates from the system; what compiles is named.
      code: 'FROM debian:12\nRUN apt-get install -y make g++ nodejs npm && npm install -g node-gyp\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:12\nRUN apt-get install --no-install-recommends -y make g++ nodejs npm ca-certificates && npm install -g node-gyp\n',
    },
    {
      // The library connects to servers as well.
      code: 'FROM debian:12\nRUN apt-get install -y libcurl4-openssl-dev\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN apt-get install --no-install-recommends -y libcurl4-openssl-dev ca-certificates\n',
    },
    {
      // An interface imports what only another package has.
      code: 'FROM debian:12\nRUN apt-get install -y protobuf-compiler\n',
      buildContext: contextOf({ 'api/a.proto': 'import "google/protobuf/timestamp.proto";\n' }),
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN apt-get install --no-install-recommends -y protobuf-compiler libprotobuf-dev\n',
    },
    {
      code: 'FROM debian:12\nRUN apt-get install -y protobuf-compiler\n',
      buildContext: contextOf({ 'api/a.proto': 'syntax = "proto3";\n' }),
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN apt-get install --no-install-recommends -y protobuf-compiler\n',
    },
    {
      // Nothing calls them.
      code: 'FROM debian:12\nRUN apt-get install -y ruby gnupg\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: 'FROM debian:12\nRUN apt-get install --no-install-recommends -y ruby gnupg\n',
    },
    {
      name: 'ghostscript and the coders that ImageMagick calls',
      code: 'FROM debian:12\nRUN apt-get install -y imagemagick\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: null,
    },
    {
      // What it is installed for.
      code: 'FROM debian:12\nRUN apt-get install -y texlive\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: null,
    },
    {
      name: 'the server of a module that only recommends it',
      code: 'FROM debian:jessie\nRUN apt-get install -y php5 libapache2-mod-php5\nRUN a2enmod rewrite\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output:
        'FROM debian:jessie\nRUN apt-get install --no-install-recommends -y php5 libapache2-mod-php5 apache2\nRUN a2enmod rewrite\n',
    },
    {
      // It calls the programs that unpack what it finds.
      code: 'FROM debian:12\nRUN apt-get install -y binwalk\n',
      findings: [{ messageId: 'missing', at: 'install' }],
      output: null,
    },
  ],
});
