import rule from '../../../server/src/rules/maintainability/no-deprecated-image';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM bitnami/redis:latest\n',
    'FROM public.ecr.aws/bitnami/redis:7.2\n',
    'FROM eclipse-temurin:17\n',
    'FROM team/openjdk:17\n',
    'FROM quay.io/centos/centos:stream9\n',
    'FROM $X\n',
  ],
  invalid: [
    {
      code: 'FROM bitnami/redis:7.2\n',
      findings: [{ messageId: 'deprecated', at: 'bitnami/redis:7.2' }],
      output: 'FROM bitnamilegacy/redis:7.2\n',
      onbuild: false,
    },

    {
      code: 'FROM openjdk:17-jdk-slim\n',
      findings: [{ messageId: 'deprecated', at: 'openjdk:17-jdk-slim' }],
      output: 'FROM eclipse-temurin:17-jdk\n',
    },
    {
      code: 'FROM java:8-jre-alpine AS app\n',
      findings: [{ messageId: 'deprecated', at: 'java:8-jre-alpine' }],
      output: 'FROM eclipse-temurin:8-jre-alpine AS app\n',
    },
    { code: 'FROM openjdk:13\n', findings: [{ messageId: 'deprecated', at: 'openjdk:13' }], output: null },
    { code: 'FROM centos:7\n', findings: [{ messageId: 'deprecated', at: 'centos:7' }] },
    {
      code: 'ARG V=17\nFROM openjdk:$V\n',
      findings: [{ messageId: 'deprecated', at: 'openjdk:$V' }],
      output: null,
    },
  ],
});
