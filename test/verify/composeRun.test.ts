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

const LIMITS = { mem_limit: '2g', pids_limit: 2048, cpu_quota: 200_000 };

function run(text: string, isNetworkAllowed = false) {
  const result = composeRun(text, 'web', 'image:tag', isNetworkAllowed);
  return 'text' in result ? parse(result.text) : result.problem;
}

describe('a Compose file for one run', () => {
  it('swaps the image, and leaves out what two runs at a time would fight over', () => {
    expect(run(COMPOSE)).toEqual({
      services: {
        web: { image: 'image:tag', environment: { A: 'b' }, depends_on: ['store'], ...LIMITS },
        store: { image: 'redis:7', environment: { A: 'b' }, networks: ['back'], ...LIMITS },
      },
      networks: { default: { internal: true }, back: { internal: true } },
    });
  });

  it('leaves limits that the file sets as they are', () => {
    const web = (line: string) => run(`services:\n  web:\n    build: .\n    ${line}\n`).services.web;
    expect(web('cpus: 1')).toEqual({ image: 'image:tag', cpus: 1 });
    expect(web('deploy: { resources: { limits: { memory: 1g } } }')).not.toHaveProperty('mem_limit');
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
    ['volumes', 'volumes: [{ type: bind, source: /var/run, target: /r }]'],
    ['volumes', 'volumes: ["/:/host"]'],
    ['privileged', 'privileged: yes'],
    ['privileged', 'privileged: ${PRIVILEGED:-true}'],
    ['use_api_socket', 'use_api_socket: true'],
    ['provider', 'provider: { type: x }'],
    ['extends', 'extends: { file: other.yaml, service: x }'],
  ])('refuses %s', (key, line) => {
    expect(run(`services:\n  web: { build: . }\n  other:\n    image: x\n    ${line}\n`)).toMatchObject({
      data: { name: 'other', key },
    });
  });

  it('refuses other files', () => {
    expect(run('include: [other.yaml]\nservices:\n  web: { build: . }\n')).toMatchObject({ data: { key: 'include' } });
  });

  it('has data of its own: that of the project stays as it is', () => {
    const text = `services:
  web: { build: ., volumes: [state:/state] }
  store:
    image: postgres
    volumes:
      - ./pg:/var/lib/postgresql/data
      - ./init.sql:/docker-entrypoint-initdb.d/init.sql
      - "\${CONFIG:-./config}:/config:rw,z"
      - C:\\data:/windows
      - { type: bind, source: seed, target: /seed }
      - /cache
volumes:
  state: { name: project_state, external: true }
networks:
  default: { name: project, external: true }
`;
    expect(run(text)).toEqual({
      services: {
        web: { image: 'image:tag', volumes: ['state:/state'], ...LIMITS },
        store: {
          image: 'postgres',
          volumes: [
            '/var/lib/postgresql/data',
            './init.sql:/docker-entrypoint-initdb.d/init.sql:ro',
            '${CONFIG:-./config}:/config:ro,z',
            'C:\\data:/windows:ro',
            { type: 'bind', source: 'seed', target: '/seed', read_only: true },
            '/cache',
          ],
          ...LIMITS,
        },
      },
      volumes: { state: {} },
      networks: { default: { internal: true } },
    });
  });

  it('shows what is in the image, and how it ends', () => {
    const text = `services:
  web:
    build: { context: ./app }
    volumes: ["./app/:/srv", /srv/node_modules, "./fixtures:/fixtures"]
    restart: always
    logging: { driver: syslog }
    pull_policy: build
`;
    expect(run(text)).toMatchObject({
      services: { web: { image: 'image:tag', volumes: ['/srv/node_modules', './fixtures:/fixtures:ro'] } },
    });
    expect(Object.keys(run(text).services.web)).toEqual([...Object.keys(LIMITS), 'volumes', 'image']);
  });

  it.each(['', 'services: {}', 'services: [web]', '{', 'a: &a [*a]'])(
    'says that there is no such service in %j',
    (text) => {
      expect(run(text)).toMatchObject({ data: { service: 'web' } });
    },
  );
});
