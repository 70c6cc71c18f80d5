import rule from '../../../server/src/rules/correctness/no-unused-manifest';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  onbuild: false,
  valid: [
    'FROM python:3.14\nCOPY pyproject.toml poetry.lock ./\nRUN pip install poetry\nRUN poetry install\nCMD ["python", "a.py"]\n',
    'FROM python:3.14\nCOPY pyproject.toml .\nCOPY . .\nCMD ["python", "a.py"]\n',
    'FROM python:3.14\nCOPY requirements.txt .\nRUN pip install -U pip -r requirements.txt\nCMD ["python", "a.py"]\n',
    'FROM node:24\nCOPY package.json .\nRUN npm install -g pm2 && npm install\nCMD ["pm2-runtime", "a.js"]\n',
    'FROM php:8.4-fpm\nCOPY composer.json composer.lock ./\nRUN composer install\nCMD ["php-fpm"]\n',
    'FROM php:8.4-fpm\nCOPY composer.json .\nCOPY vendor vendor\nCMD ["php-fpm"]\n',
    'FROM python:3.14\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]\n',
    'FROM python:3.14\nCOPY requirements.txt .\nRUN ./setup.sh\nCMD ["python", "a.py"]\n',
    'FROM python:3.14\nCOPY requirements.txt .\nCOPY --from=b /venv /venv\nCMD ["python", "a.py"]\n',
    'FROM python:3.14\nCOPY requirements.txt .\nCMD ["./start.sh"]\n',
    'FROM python:3.14\nCOPY . .\nCMD ["python", "a.py"]\n',
    'FROM team/python:3.14\nCOPY requirements.txt .\nCMD ["python", "a.py"]\n',
    'FROM node:24\nCOPY package.json .\nCOPY node_modules node_modules\nCMD ["node", "a.js"]\n',
    ...['create', 'create -f environment.yml', 'update --file=environment.yml'].map(
      (command) =>
        `FROM continuumio/miniconda3:25\nCOPY environment.yml .\nRUN conda env ${command}\nCMD ["python", "a.py"]\n`,
    ),
    'FROM mambaorg/micromamba:2\nCOPY env.yaml .\nRUN micromamba install -y -n base -f env.yaml\nCMD ["python", "a.py"]\n',
    'FROM continuumio/miniconda3:25\nCOPY environment.yml .\nRUN conda install $(cat environment.yml)\nCMD ["python", "a.py"]\n',
    'FROM node:24\nCOPY package.json a.js ./\nCMD ["node", "a.js"]\n',
    'FROM node:24\nCOPY package.json .\nRUN npm install\nCMD ["node", "a.js"]\n',
    'FROM node:24 AS a\nCOPY package.json .\nRUN npm ci\nFROM a\nCOPY package.json .\nCMD ["node", "a.js"]\n',
  ],
  invalid: [
    {
      name: 'conda installs other packages',
      code: 'FROM continuumio/miniconda3:25\nCOPY environment.yml .\nRUN conda install -y -c conda-forge numpy && conda clean -afy\nCOPY . .\nCMD ["python", "a.py"]\n',
      findings: [{ messageId: 'unused', at: 'environment.yml' }],
    },
    {
      code: 'FROM mambaorg/micromamba:2\nCOPY --chown=a b/env.yaml /tmp/\nCOPY . .\nENTRYPOINT ["micromamba", "run", "python", "a.py"]\n',
      findings: [{ messageId: 'unused', at: 'b/env.yaml' }],
    },
    {
      name: 'only Poetry itself is installed',
      code: 'FROM python:3.14\nCOPY pyproject.toml poetry.lock ./\nRUN pip install --no-cache-dir poetry==1.8.3\nCOPY . .\nCMD ["python", "-m", "a"]\n',
      findings: [{ messageId: 'unused', at: 'poetry.lock' }],
    },
    {
      name: 'only a process manager is installed',
      code: 'FROM node:24\nCOPY package.json yarn.lock ./\nRUN npm install -g pm2\nCOPY . .\nCMD ["pm2-runtime", "a.js"]\n',
      findings: [{ messageId: 'unused', at: 'package.json' }],
    },
    {
      name: 'only the program Composer is copied',
      code: 'FROM php:8.4-fpm\nRUN docker-php-ext-install pdo_mysql\nCOPY --from=composer:2 /usr/bin/composer /usr/bin/composer\nCOPY composer.json composer.lock ./\nCOPY . .\nCMD ["php-fpm"]\n',
      findings: [{ messageId: 'unused', at: 'composer.json' }],
    },
    {
      code: 'FROM python:3.14\nRUN apt-get update && apt-get install -y libpq5\nCOPY requirements.txt .\nCOPY . .\nCMD ["python", "a.py"]\n',
      findings: [{ messageId: 'unused', at: 'requirements.txt', data: { manifest: 'requirements.txt' } }],
    },
    {
      code: 'FROM node:24\nCOPY package*.json yarn.lock ./\nCOPY . .\nRUN chown -R node /app\nCMD node a.js\n',
      findings: [{ messageId: 'unused', at: 'package*.json' }],
    },
    {
      code: 'FROM ruby:3.4\nCOPY Gemfile Gemfile.lock ./\nCOPY . .\nENTRYPOINT ["rails", "server"]\n',
      findings: [{ messageId: 'unused', at: 'Gemfile' }],
    },
  ],
});
