import rule from '../../../server/src/rules/maintainability/gradle-no-daemon';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN gradle build --no-daemon\n',
    'FROM a\nENV GRADLE_OPTS=-Dorg.gradle.daemon=false\nRUN gradle build\n',
    'FROM a\nRUN gradle --version\n',
    'FROM a\nRUN gradle test && gradle build\n',
    'FROM a\nRUN gradle\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN ./gradlew clean bootJar -x test\n',
      findings: [{ messageId: 'missing', at: './gradlew' }],
      output: 'FROM a\nRUN ./gradlew --no-daemon clean bootJar -x test\n',
    },
    {
      code: 'FROM a\nRUN cd b; gradle build\n',
      findings: [{ messageId: 'missing', at: 'gradle' }],
      output: 'FROM a\nRUN cd b; gradle --no-daemon build\n',
    },
  ],
});
