import rule from '../../../server/src/rules/maintainability/maven-batch-mode';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN mvn -B package\n',
    'FROM a\nRUN mvn --batch-mode package\n',
    'FROM a\nRUN mvn -ntp verify\n',
    'FROM a\nENV MAVEN_ARGS=-B\nRUN mvn package\n',
    'FROM a\nRUN mvn --version\n',
    'FROM a\nCMD mvn exec:java\n',
  ],
  invalid: [
    {
      code: 'FROM a\nRUN mvn clean package -DskipTests\n',
      findings: [{ messageId: 'missing', at: 'mvn' }],
      output: 'FROM a\nRUN mvn -B clean package -DskipTests\n',
    },
    {
      code: 'FROM a\nRUN x && ./mvnw install\n',
      findings: [{ messageId: 'missing', at: './mvnw' }],
      output: 'FROM a\nRUN x && ./mvnw -B install\n',
    },
  ],
});
