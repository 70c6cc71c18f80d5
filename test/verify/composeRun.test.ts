import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { composeRun } from '../../server/src/verify/composeRun';

const COMPOSE = `services:
  web:
    build: .
    container_name: web
    ports: ["8080:8080"]
    environment: &env { A: b }
    depends_on: [store]
  store:
    image: redis:7
    environment: *env
    networks: [back]
networks:
  back: {}
`;

function run(text: string, isNetworkAllowed = false) {
  const result = composeRun(text, 'web', 'image:tag', isNetworkAllowed);
  return 'text' in result ? parse(result.text) : result.problem;
}

describe('a Compose file for one run', () => {
  it('swaps the image, and leaves out what two runs at a time would fight over', () => {
    expect(run(COMPOSE)).toEqual({
      services: {
        web: { image: 'image:tag', environment: { A: 'b' }, depends_on: ['store'] },
        store: { image: 'redis:7', environment: { A: 'b' }, networks: ['back'] },
      },
      networks: { default: { internal: true }, back: { internal: true } },
    });
  });

  it('keeps the networks where they are allowed', () => {
    expect(run(COMPOSE, true)).toMatchObject({ networks: { back: {} } });
    expect(run('services:\n  web: { build: ., network_mode: host }\n', true)).toMatchObject({
      services: { web: { network_mode: 'host' } },
    });
  });

  it.each([
    ['privileged', 'privileged: true'],
    ['network_mode', 'network_mode: host'],
    ['pid', 'pid: host'],
    ['cap_add', 'cap_add: [SYS_ADMIN]'],
    ['devices', 'devices: [/dev/kvm]'],
    ['volumes', 'volumes: ["/var/run/docker.sock:/var/run/docker.sock"]'],
  ])('refuses %s', (key, line) => {
    expect(run(`services:\n  web: { build: . }\n  other:\n    image: x\n    ${line}\n`)).toMatchObject({
      data: { name: 'other', key },
    });
  });

  it.each(['', 'services: {}', 'services: [web]', '{', 'a: &a [*a]'])(
    'says that there is no such service in %j',
    (text) => {
      expect(run(text)).toMatchObject({ data: { service: 'web' } });
    },
  );
});
