import rule from '../../../server/src/rules/reproducibility/cargo-locked';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nCOPY Cargo.lock ./\nRUN cargo build --locked\n',
    'FROM a\nCOPY . .\nRUN cargo build\n',
    'FROM a\nCOPY Cargo.toml ./\nRUN cargo build\n',
    'FROM a\nRUN cargo --version\n',
    'FROM a\nCOPY Cargo.lock ./\nRUN cargo fetch\n',
  ],
  invalid: [
    {
      code: 'FROM a\nCOPY Cargo.toml Cargo.lock ./\nRUN cargo build --release\n',
      findings: [{ messageId: 'unlocked', at: 'build' }],
      output: 'FROM a\nCOPY Cargo.toml Cargo.lock ./\nRUN cargo build --locked --release\n',
      onbuild: false,
    },
    {
      code: 'FROM a\nRUN cargo install b\n',
      findings: [{ messageId: 'unlocked', at: 'install' }],
      output: 'FROM a\nRUN cargo install --locked b\n',
    },
  ],
});
