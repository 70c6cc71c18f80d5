/**
 * Programs whose names differ from their package names (bin in the package.json of each, registry.npmjs.org, 2026-11).
 */
const PACKAGES: Readonly<Record<string, string>> = {
  dotenv: 'dotenv-cli',
  dotenvx: '@dotenvx/dotenvx',
  'cross-env-shell': 'cross-env',
  'drizzle-kit': 'drizzle-kit',
  'graphql-codegen': '@graphql-codegen/cli',
  'mikro-orm': '@mikro-orm/cli',
  nest: '@nestjs/cli',
  ng: '@angular/cli',
  nuxi: 'nuxt',
  'pm2-docker': 'pm2',
  'pm2-runtime': 'pm2',
  'react-router': '@react-router/dev',
  'react-router-serve': '@react-router/serve',
  remix: '@remix-run/dev',
  'remix-serve': '@remix-run/serve',
  'run-p': 'npm-run-all',
  'run-s': 'npm-run-all',
  sequelize: 'sequelize-cli',
  'svelte-kit': '@sveltejs/kit',
  swc: '@swc/cli',
  tsc: 'typescript',
  'ts-node-esm': 'ts-node',
  tsnd: 'ts-node-dev',
  'typeorm-ts-node-commonjs': 'typeorm',
  'typeorm-ts-node-esm': 'typeorm',
  'vue-cli-service': '@vue/cli-service',
  'babel-node': '@babel/node',
  babel: '@babel/cli',
  webpack: 'webpack-cli',
  strapi: '@strapi/strapi',
  medusa: '@medusajs/cli',
  sls: 'serverless',
  gulp: 'gulp-cli',
  firebase: 'firebase-tools',
  craco: '@craco/craco',
};

/** The package that contains a program. */
export function packageOf(program: string): string {
  return (Object.hasOwn(PACKAGES, program) ? PACKAGES[program] : undefined) ?? program;
}

/** The programs that a globally installed package contains; undefined if its name does not show them. */
export function programsOf(operand: string): readonly string[] | undefined {
  const name = operand.lastIndexOf('@') > 0 ? operand.slice(0, operand.lastIndexOf('@')) : operand;
  const named = Object.keys(PACKAGES).filter((program) => PACKAGES[program] === name);
  if (named.length > 0) return name.startsWith('@') ? named : [name, ...named];
  return /^[\w.-]+$/.test(name) ? [name] : undefined;
}
