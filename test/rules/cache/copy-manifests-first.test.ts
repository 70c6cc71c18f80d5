import rule from '../../../server/src/rules/cache/copy-manifests-first';
import { buildContextOf as contextOf } from '../../helpers/buildContext';
import { testRule } from '../../helpers/ruleTester';

const naive = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "a.js"]\n';
const ordered = 'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "a.js"]\n';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM golang:1.22\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\n',
    'FROM php:8.3\nCOPY composer.* ./\nRUN composer install\nCOPY . .\n',
    'FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\n',
    'FROM python:3.11\nCOPY requirements.txt .\nCOPY . .\nRUN pip install -r requirements.txt\n',
    'FROM python:3.11\nCOPY . .\nRUN pip install flask\n',
    'FROM node:20\nCOPY package.json yarn.lock ./\nRUN yarn\nCOPY . .\n',
    'FROM node:20\nCOPY . .\nRUN npm install -g serve\n',
    'FROM node:20\nCOPY src src\nRUN npm ci\n',
    'FROM node:20\nCOPY --from=build . .\nRUN npm ci\n',
    'FROM node:20\nRUN --mount=type=bind,target=. npm ci\nCOPY . .\n',
  ],
  invalid: [
    {
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go mod download\nRUN go build -o /app\n',
      buildContext: contextOf({ 'go.mod': 'module a\n', 'go.sum': '', 'main.go': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'go mod download' }],
      output:
        'FROM golang:1.22\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN go build -o /app\n',
    },
    {
      name: 'a module that is replaced by a folder',
      code: 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go mod download\n',
      buildContext: contextOf({ 'go.mod': 'module a\nreplace b => ../b\n', 'go.sum': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'go mod download' }],
    },
    {
      code: 'FROM ruby:3.3\nWORKDIR /app\nCOPY . .\nRUN bundle install\n',
      buildContext: contextOf({ Gemfile: "gem 'rails'\n", 'Gemfile.lock': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'bundle install' }],
      output: 'FROM ruby:3.3\nWORKDIR /app\nCOPY Gemfile Gemfile.lock ./\nRUN bundle install\nCOPY . .\n',
    },
    {
      code: 'FROM mcr.microsoft.com/dotnet/sdk:8.0\nWORKDIR /src\nCOPY . .\nRUN dotnet restore\n',
      escape: false,
      findings: [{ messageId: 'sourcesFirst', at: 'dotnet restore' }],
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "a.py"]\n',
    },
    { code: naive, findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }], output: ordered },
    {
      code: naive,
      buildContext: contextOf({ 'package.json': '{"dependencies":{"a":"1"}}', 'package-lock.json': '{}', 'a.js': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: ordered,
    },
    {
      // an install script reads the sources
      code: naive,
      buildContext: contextOf({ 'package.json': '{"scripts":{"postinstall":"node a.js"}}', 'package-lock.json': '{}' }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
    },
    {
      code: naive,
      buildContext: contextOf({ 'package.json': '{"workspaces":["a"]}', 'package-lock.json': '{}' }),
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . /app\nRUN pip install -r requirements.txt\n',
      buildContext: contextOf({ 'requirements.txt': '-e .\nflask==3\n', 'setup.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY --chown=1000 . /app\nRUN pip install -r requirements.txt\n',
      buildContext: contextOf({ 'requirements.txt': 'flask==3\n', 'app.py': '' }),
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\nCOPY --chown=1000 requirements.txt .\nRUN pip install -r requirements.txt\nCOPY --chown=1000 . /app\n',
    },
    {
      // what stands between needs no sources and stays before them
      code: 'FROM python:3.11\nWORKDIR /app\n\n# the app\nCOPY . .\n\nRUN apt-get update && apt-get install -y libpq5\n# dependencies\nRUN pip install -r requirements.txt\nRUN python -m pytest\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output:
        'FROM python:3.11\nWORKDIR /app\n\nRUN apt-get update && apt-get install -y libpq5\nCOPY requirements.txt .\n# dependencies\nRUN pip install -r requirements.txt\n# the app\nCOPY . .\nRUN python -m pytest\n',
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN ./setup.sh\nRUN pip install -r requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN apt-get install -y ./tool.deb\nRUN pip install -r requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output: null,
    },
    {
      // cut behind the install; what the shell is told is told to both
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN export CI=1 && \\\n  npm ci && \\\n  npm run build\n',
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output:
        'FROM node:20\nWORKDIR /app\nCOPY package*.json ./\nRUN export CI=1 && \\\n  npm ci\nCOPY . .\nRUN export CI=1 && npm run build\n',
    },
    {
      // the script in front may look at the sources
      code: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN ./prepare && npm ci && npm run build\n',
      findings: [{ messageId: 'sourcesFirst', at: 'npm ci' }],
      output: null,
    },
    {
      code: 'FROM python:3.11\nCOPY . /srv\nWORKDIR /srv\nRUN pip install -r requirements.txt\n',
      findings: [{ messageId: 'sourcesFirst', at: 'pip install -r requirements.txt' }],
      output: null,
    },
  ],
});
