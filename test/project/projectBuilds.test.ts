import { expect, test } from 'vitest';
import { readBuilds } from '../../server/src/project/builds/readBuilds';
import { createBuildFinder } from '../../server/src/project/projectBuilds';

function findBuild(files: Readonly<Record<string, string>>, dockerfile: string) {
  const buildsIn = (folder: string) => {
    const own = Object.entries(files).filter(([path]) => path.slice(0, path.lastIndexOf('/')) === folder);
    return readBuilds(new Map(own.map(([path, text]) => [path.slice(folder.length + 1), text])));
  };
  const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || undefined;
  const host = {
    buildsIn,
    parentOf,
    configurationIn: () => undefined,
    readText: () => undefined,
    buildContext: () => undefined,
  };
  return createBuildFinder(host, (folder) => folder === '/project').of(dockerfile);
}

test.each(['infra', 'docker', '.docker', 'deploy'])(
  'a Compose file in %s builds what lies beside that folder',
  (name) => {
    const compose = 'services:\n  api:\n    build: ../backend\n    volumes: [../data:/code/data]\n';
    const build = findBuild({ [`/project/${name}/docker-compose.yml`]: compose }, '/project/backend/Dockerfile');
    expect(build).toMatchObject({
      contextFolder: '/project/backend',
      services: [{ mounts: [{ target: '/code/data', kind: 'bind' }] }],
    });
  },
);

test('a file named dockerfile is what a build without a name finds', () => {
  const files = { '/project/compose.yaml': 'services:\n  api:\n    build: .\n    volumes: [./data:/data]\n' };
  expect(findBuild(files, '/project/dockerfile')).toMatchObject({ services: [{ mounts: [{ target: '/data' }] }] });
  expect(findBuild(files, '/project/other')).toBeUndefined();
});

test('a folder with another name is not searched', () => {
  const compose = 'services:\n  api:\n    build: ../backend\n';
  expect(findBuild({ '/project/examples/docker-compose.yml': compose }, '/project/backend/Dockerfile')).toBeUndefined();
});
