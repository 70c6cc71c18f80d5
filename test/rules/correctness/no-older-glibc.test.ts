import rule from '../../../server/src/rules/correctness/no-older-glibc';
import { testRule } from '../../helpers/ruleTester';

const BUILD = 'WORKDIR /app\nCOPY . .\nRUN cargo build --release\n';
const COPY = 'COPY --from=b /app/target/release/a /a\n';

testRule(rule, {
  valid: [
    `FROM rust:1.92-bookworm AS b\n${BUILD}FROM debian:bookworm-slim\n${COPY}`,
    `FROM rust:1.60 AS b\n${BUILD}FROM debian:bookworm-slim\n${COPY}`,
    // It may have been built on bookworm, or on bullseye before.
    `FROM rust:1.70 AS b\n${BUILD}FROM debian:bullseye-slim\n${COPY}`,
    `FROM rust AS b\n${BUILD}FROM debian\n${COPY}`,
    `FROM rust AS b\n${BUILD}FROM alpine:3.20\n${COPY}`,
    'FROM rust AS b\nRUN cargo build --release --target x86_64-unknown-linux-musl\nFROM debian:11\nCOPY --from=b /target/x86_64-unknown-linux-musl/release/a /a\n',
    `FROM rust AS b\n${BUILD}FROM debian:11\nCOPY --from=b /app/pages /pages\n`,
    'FROM debian:13 AS b\nRUN make\nFROM debian:11\nCOPY --from=b /app/target/release/a /a\n',
  ],
  invalid: [
    ...[
      ['rust', 'debian:12', 'trixie', 'bookworm'],
      ['rust:1-slim', 'debian:bookworm-slim', 'trixie', 'bookworm'],
      ['rust:1.92-trixie', 'gcr.io/distroless/cc-debian12:nonroot', 'trixie', 'bookworm'],
      ['rust:1.61.0-slim', 'debian:buster-slim', 'bullseye', 'buster'],
      ['lukemathwalker/cargo-chef:latest-rust-1-bookworm', 'ubuntu:20.04', 'bookworm', 'focal'],
    ].map(([image = '', runtime = '', built = '', older = '']) => ({
      name: `${image} on ${runtime}`,
      code: `FROM ${image} AS b\n${BUILD}FROM ${runtime}\n${COPY}`,
      findings: [{ messageId: 'older' as const, at: '/app/target/release/a', data: { built, runtime: older } }],
      onbuild: false,
    })),
    {
      name: 'a program whose name is in a variable',
      code: `FROM rust AS b\n${BUILD}FROM debian:12\nARG APP=a\nCOPY --from=b /app/target/release/\${APP} /a\n`,
      findings: [
        {
          messageId: 'older',
          at: `/app/target/release/\${APP}`,
          data: { built: 'trixie', runtime: 'bookworm' },
        },
      ],
      onbuild: false,
    },
    {
      name: 'through the stages that both are built FROM',
      code: `FROM rust:1.92 AS c\nRUN cargo install cargo-chef\nFROM c AS b\n${BUILD}FROM debian:11 AS d\nFROM d\nCOPY --from=b /usr/local/cargo/bin/a /a\n`,
      findings: [{ messageId: 'older', at: '/usr/local/cargo/bin/a', data: { built: 'trixie', runtime: 'bullseye' } }],
      onbuild: false,
    },
  ],
});
