import { testGuards } from '../../helpers/guards';

const SLIM = {
  dockerfile: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN mkdir -p data\nUSER node\nCMD ["node", "main.js"]\n',
  files: { 'main.js': '' },
};
testGuards('files alone', 'slim-base', SLIM, [
  {
    guard: 'ONBUILD means that other images are built from this one',
    change: { 'USER node': 'ONBUILD COPY . /app\nUSER node' },
  },
  { guard: 'a RUN cannot be parsed', change: { 'RUN mkdir -p data': 'RUN if mkdir data' } },
  {
    guard: 'a variable names a command, so its results are unknown',
    change: { 'RUN mkdir -p data': 'RUN $TOOL data' },
  },
  {
    guard: 'cannot determine what `frobnicate` needs and leaves behind',
    change: { 'RUN mkdir -p data': 'RUN frobnicate data' },
  },
  {
    guard: 'a package writes manual pages, but the slim image has no directory for them',
    change: { 'RUN mkdir -p data': 'RUN apt-get update && apt-get install -y default-jre-headless' },
  },
  {
    guard: 'an unused package cannot be removed from its RUN',
    change: { 'RUN mkdir -p data': 'RUN (apt-get update && apt-get install -y gcc) && mkdir data' },
  },
]);

const SCAN = {
  dockerfile:
    'FROM alpine:3.20\nCOPY a /a\nRUN apk add --no-cache trivy\nRUN trivy rootfs --exit-code 1 /\nUSER 1000\nCMD ["/a"]\n',
  files: { a: '' },
};
testGuards('a scanner', 'scan-stage', SCAN, [
  {
    guard: 'a RUN does more than install or call the scanner: move the rest to a separate RUN',
    change: { 'RUN trivy': 'RUN make && trivy' },
  },
]);

const SECRET = {
  dockerfile:
    'FROM node:20 AS build\nARG NPM_TOKEN\nWORKDIR /app\nCOPY package.json .npmrc ./\nRUN npm install\nFROM node:20-slim\nCOPY --from=build /app /app\nUSER node\nCMD ["node", "/app/a.js"]\n',
  files: { 'package.json': '{"dependencies":{"a":"1"}}', '.npmrc': '//b/:_authToken=${NPM_TOKEN}\n' },
  options: { level: 'all' as const },
};
testGuards('a token', 'secret-mount', SECRET, [
  { guard: 'cannot determine which step reads NPM_TOKEN', files: { '.npmrc': '' } },
  {
    guard: 'a RUN that uses the secret is not in shell form',
    change: { 'RUN npm install': 'RUN ["npm", "install"]' },
  },
]);

const SERVED = {
  dockerfile:
    'FROM node:20 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:20-slim\nWORKDIR /app\nCOPY --from=build /app/dist /app/dist\nEXPOSE 5000\nUSER node\nCMD ["npx", "serve", "-s", "dist", "-l", "5000"]\n',
  files: {
    'package.json': '{"scripts":{"build":"vite build"},"devDependencies":{"vite":"5"}}',
    'package-lock.json': '{}',
    'index.html': '',
  },
  options: { level: 'all' as const },
};
testGuards('a server in Node.js', 'static-server', SERVED, [
  {
    guard: 'the served files are not built in another stage',
    change: { 'COPY --from=build /app/dist /app/dist': 'COPY dist /app/dist' },
  },
  {
    guard: 'the served files are not built in another stage',
    change: { 'EXPOSE 5000': 'RUN ./change.sh\nEXPOSE 5000' },
  },
  { guard: 'only root may listen on port 80: use port 1024 or higher', change: { '"5000"': '"80"' } },
]);

const PREVIEW = {
  ...SERVED,
  dockerfile:
    'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD ["npm", "run", "preview"]\n',
  files: {
    ...SERVED.files,
    'package.json': '{"scripts":{"build":"vite build","preview":"vite preview --host"},"devDependencies":{"vite":"5"}}',
  },
};
testGuards('pages that are built and served in one stage', 'static-server', PREVIEW, [
  {
    guard: 'the sources in /app are mounted from the host',
    options: { level: 'all', services: [{ mounts: [{ kind: 'bind', target: '/app' }] }] },
  },
]);
