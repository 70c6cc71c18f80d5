import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const APP = { 'requirements.txt': 'flask==3.0.3\n', 'app.py': 'import flask\n' };

function split(dockerfile: string, files: Record<string, string> = APP): string {
  return planFor(dockerfile, files).after;
}

describe('Python', () => {
  it('builds pages with what is installed', () => {
    const [, final = ''] = split(
      'FROM python:3.11\nWORKDIR /docs\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN mkdocs build\nCMD ["mkdocs", "serve", "-a", "0.0.0.0:8000"]\n',
      { 'requirements.txt': 'mkdocs==1.6.1\n', 'mkdocs.yml': '', 'docs/index.md': '' },
    ).split('# Final stage');
    expect(final).toMatch(/FROM python:3\.11-slim\n[\s\S]*\/opt\/venv\n[\s\S]*RUN mkdocs build\n/);
  });

  it('takes what compilers write next to the sources, and nothing else', () => {
    const building = (run: string) =>
      planFor(
        `FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nRUN ${run}\nCMD ["python", "app.py"]\n`,
        { ...APP, 'lib/Makefile': 'all:\n\tgcc -o x x.c\n' },
      );
    for (const run of ['cd lib && make', 'make -C lib', 'cmake -S lib -B lib/build && cmake --build lib/build'])
      expect(building(run).after, run).toContain('COPY --chown=app:app --from=build /app /app\n');
    for (const [run, name] of [
      ['cd lib && make && make install', 'make'],
      ['cp -r lib /opt/lib && cd /opt/lib && make', 'make'],
      ['cmake --build lib --target install', 'cmake'],
      ['gcc -o /usr/local/bin/x lib/x.c', 'gcc'],
    ])
      expect(guardOf(building(run ?? ''), 'multi-stage'), run).toBe(
        `cannot determine which files \`${name}\` leaves behind`,
      );
  });

  it('keeps the ARGs of commands that stay', () => {
    const [, final = ''] = split(
      'FROM python:3.11\nWORKDIR /app\nARG GID=1000\nARG TOKEN=x\nARG USER=web\nRUN pip install poetry && groupadd -g $GID $USER && useradd -g $GID $USER\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nUSER $USER\nCMD ["python", "app.py"]\n',
    ).split('# Final stage');
    expect(final).toMatch(/ARG GID=1000\nARG USER=web\n[\s\S]*groupadd -g \$GID/);
    expect(final).not.toContain('TOKEN');
  });

  it('takes along a library that the compilers of the build stage brought', () => {
    const [, final = ''] = split(
      'FROM python:3.11-slim\nWORKDIR /app\nRUN apt-get update && apt-get install -y gcc g++ && rm -rf /var/lib/apt/lists/*\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY app.py .\nCMD ["python", "app.py"]\n',
      { ...APP, 'requirements.txt': 'lightgbm==4.1.0\n' },
    ).split('# Final stage');
    expect(final).toContain('--no-install-recommends libgomp1 \\\n');
  });

  it('takes packages out of an install that also gets one for the environment', () => {
    const [builder = '', final = ''] = split(
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends libreoffice \\\n    python3-pip \\\n    # Fonts\n    fonts-dejavu \\\n    fonts-noto \\\n    && rm -rf /var/lib/apt/lists/*\nRUN pip3 install --break-system-packages unoserver\nCMD ["unoserver"]\n',
      {},
    ).split('# Final stage');
    expect(builder).toContain('python3-venv');
    expect(builder).toContain('install -y --no-install-recommends \\\n    python3-pip python3-venv \\\n    && rm');
    expect(builder).toContain('python3 -m venv --system-site-packages /opt/venv');
    expect(final).toContain(' libreoffice ');
  });

  it('installs a bundle with what it recommends, as the author does, and only where it is used', () => {
    const [builder = '', final = ''] = split(
      'FROM python:3.11-slim-bookworm\nWORKDIR /app\nRUN apt-get update && apt-get install -y gcc ffmpeg texlive texlive-latex-extra\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
      { ...APP, 'app.py': 'import subprocess\nsubprocess.run(["ffmpeg"])\nsubprocess.run(["pdflatex"])\n' },
    ).split('# Final stage');
    expect(builder).not.toContain('texlive');
    expect(final).toContain(
      '    && apt-get install -y --no-install-recommends ffmpeg \\\n    && apt-get install -y texlive texlive-latex-extra \\\n',
    );
    expect(
      split(
        'FROM python:3.11-slim-bookworm\nWORKDIR /app\nRUN apt-get update && apt-get install -y gcc texlive\nCOPY . .\nRUN pip install -r requirements.txt && pdflatex a.tex\nCMD ["python", "app.py"]\n',
      ),
    ).not.toContain('AS build');
  });

  it("leaves the distribution's own servers their Python", () => {
    const plan = planFor(
      'FROM ubuntu:22.04\nWORKDIR /app\nRUN apt-get update && apt-get install -y python3-pip gcc uwsgi-plugin-python3\nCOPY . .\nRUN pip3 install -r requirements.txt\nCMD ["uwsgi", "--plugin", "python3", "--module", "app:app"]\n',
      APP,
    );
    expect(guardOf(plan, 'multi-stage')).toBe(
      'uwsgi-plugin-python3 runs with the Python of the distribution, not in a virtual environment: install it with pip',
    );
  });

  it.each([
    ['CMD pip install -r requirements.txt && python app.py', 'CMD', 'pip'],
    ['CMD ["sh", "-c", "pip install -U flask && python app.py"]', 'CMD', 'pip'],
    ['CMD ["./start.sh"]', 'start.sh', 'pip'],
  ])('leaves an image alone in which %s installs packages', (start, path, name) => {
    const plan = planFor(`FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${start}\n`, {
      ...APP,
      'start.sh': '#!/bin/sh\nif [ -n "$DEV" ]; then pip install -e .; fi\nexec python app.py\n',
    });
    expect(guardOf(plan, 'multi-stage')).toBe(
      `${path} calls \`${name}\` when the container starts: install the packages in a RUN`,
    );
  });

  it('knows commands that only print', () => {
    const naive =
      'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nRUN find /app | sort | head -n 5\nCMD ["python", "app.py"]\n';
    expect(split(naive)).toContain('FROM python:3.11-slim\n');
  });

  it('installs into an environment that the slim image takes over', () => {
    const naive =
      'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    expect(split(naive)).toBe(`# Build stage: install the dependencies
FROM python:3.11 AS build
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

# Final stage: what the app needs at run time
FROM python:3.11-slim
WORKDIR /app
RUN groupadd --system app && useradd --system --gid app --create-home app && chown app:app /app
ENV PATH="/opt/venv/bin:$PATH"
COPY --from=build /opt/venv /opt/venv
COPY --chown=app:app . .
USER app
CMD ["python", "app.py"]
`);
  });

  it('keeps what a Makefile calls that is used at the start', () => {
    const files = { ...APP, Makefile: 'serve: check\n\tpython app.py\ncheck:\n\t@git rev-parse HEAD\n' };
    const dockerfile =
      'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["make", "serve"]\n';
    expect(split(dockerfile, files)).toContain('--no-install-recommends git make \\\n');
  });

  it('calls Python and pip by their names, so that those of the environment are found', () => {
    const after = split(
      'FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nRUN /usr/local/bin/python3 -m pip install --upgrade pip\nRUN /usr/local/bin/pip install -r requirements.txt\nCOPY app.py .\nCMD ["python", "app.py"]\n',
    );
    expect(after).toContain('FROM python:3.11-slim\n');
    expect(after).toContain('RUN pip install --no-cache-dir -r requirements.txt\n');
    expect(after).not.toContain('/usr/local/bin');
    const started = 'FROM python:3.11\nRUN pip install flask\nCOPY app.py .\nCMD ["/usr/local/bin/python", "app.py"]\n';
    expect(guardOf(planFor(started, APP), 'multi-stage')).toContain('/usr/local/bin/python is an absolute path');
  });

  it('makes folders of the program only where it runs', () => {
    const naive =
      'FROM python:3.11\nRUN mkdir /data\nRUN pip install flask\nWORKDIR /app\nCOPY . .\nCMD ["python", "app.py"]\n';
    expect(split(naive).split('RUN mkdir /data')).toHaveLength(2);
    expect(split(naive)).toMatch(/FROM python:3\.11-slim\n(?:RUN .*\n)*RUN mkdir \/data && chown app:app \/data\n/);
    expect(split(naive.replace('pip install', 'pip install --cache-dir /data')).split('RUN mkdir /data')).toHaveLength(
      3,
    );
  });

  it('leaves headers and compilers behind and takes the libraries along', () => {
    const after = split(
      'FROM python:3.11-bookworm\nRUN apt-get update && apt-get install -y gcc libpq-dev ffmpeg\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    );
    expect(after.split('FROM python:3.11-slim-bookworm')[1]).toContain('--no-install-recommends ffmpeg libpq5 \\\n');
  });

  it('knows the libraries of packages that have no wheel', () => {
    const after = split('FROM python:3.11\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n', {
      'requirements.txt': '-r base.txt\n',
      'base.txt': 'psycopg2==2.9.9\n',
      'app.py': '',
    });
    expect(after).toContain('--no-install-recommends libpq5');
  });

  it('keeps programs that a source or a health check calls', () => {
    const after = split(
      'FROM python:3.11\nCOPY . .\nRUN pip install -r requirements.txt\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1\nCMD ["python", "app.py"]\n',
      { ...APP, 'app.py': 'import subprocess\nsubprocess.run(["git", "log"])\n' },
    );
    expect(after).toContain('--no-install-recommends curl git \\\n');
  });

  it.each([
    ['poetry', 'RUN poetry install --no-root', '"poetry", "run", "python", "app.py"', '/app/.venv'],
    ['pipenv', 'RUN pipenv install --system --deploy', '"pipenv", "run", "app.py"', '/opt/venv'],
    ['uv', 'RUN uv sync', '"uv", "run", "--no-sync", "app.py"', '/app/.venv'],
  ])('takes over the environment of %s, and starts without it', (tool, install, start, folder) => {
    const dockerfile = `FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install ${tool}==1.0\n${install}\nCMD [${start}]\n`;
    const [builder = '', final = ''] = split(dockerfile, { 'app.py': '', 'pyproject.toml': '', Pipfile: '' }).split(
      'FROM python:3.11-slim',
    );
    expect(final).toContain(`COPY --from=build ${folder} ${folder}\n`);
    expect(final).toContain('CMD ["python", "app.py"]\n');
    expect(builder.indexOf(`${tool}==1.0`)).toBeLessThan(builder.indexOf(install));
    expect(builder).not.toContain('--system-site-packages');
  });

  it.each([
    ['RUN pip install poetry==1.8', '/app/.venv'],
    ['RUN pip install poetry==1.8 && poetry config virtualenvs.create false', '/opt/venv'],
    ['ENV VIRTUAL_ENV=/usr\nRUN pip install poetry==1.8', '/opt/venv'],
    ['RUN pip install poetry==1.8\nRUN pip install gunicorn', '/opt/venv'],
  ])('lets Poetry create its environment next to the sources where nothing else is said: %s', (before, folder) => {
    const { after } = planFor(
      `FROM python:3.11\nWORKDIR /app\nCOPY . .\n${before}\nRUN poetry install --no-root\nCMD ["python", "app.py"]\n`,
      { 'app.py': '', 'pyproject.toml': '', 'poetry.lock': '' },
    );
    expect(after).toContain(`COPY --from=build ${folder} ${folder}\n`);
    expect(after.includes('ENV POETRY_VIRTUALENVS_IN_PROJECT=true\n')).toBe(folder === '/app/.venv');
  });

  it('keeps its own environment where Compose mounts a directory over that of Poetry', () => {
    const dockerfile =
      'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install poetry==1.8\nRUN poetry install --no-root\nCMD ["python", "app.py"]\n';
    const files = { 'app.py': '', 'pyproject.toml': '', 'poetry.lock': '' };
    const mounts = [{ kind: 'bind', target: '/app', source: '.' }] as const;
    expect(planFor(dockerfile, files, { services: [{ mounts }] }).after).toContain(
      'COPY --from=build /opt/venv /opt/venv\n',
    );
  });

  it("calls a tool by its name, since the environment's Python has no such module", () => {
    const dockerfile =
      'FROM python:3.12\nRUN pip install pipenv==2024.4.1\nWORKDIR /app\nCOPY . .\nRUN python -m pipenv install\nCMD ["python", "app.py"]\n';
    const [builder = ''] = split(dockerfile, { 'app.py': '', Pipfile: '' }).split('# Final stage');
    expect(builder).toContain('\nRUN pipenv install\n');
  });

  it('runs tests where the dependencies are installed', () => {
    const after = split(
      'FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN pytest\nCMD ["python", "app.py"]\n',
    );
    expect(after.split('FROM python:3.11-slim')[0]).toContain('COPY . .\nRUN pytest\n');
    expect(after.split('FROM python:3.11-slim')[1]).not.toContain('pytest');
  });

  it.each([
    [
      'another packager',
      'RUN pip install -r requirements.txt\nRUN conda install x',
      '`conda` keeps Python and its libraries together; they run only on the image they were installed in',
    ],
    [
      'a folder of its own',
      'RUN pip install --target /srv -r requirements.txt',
      'a pip option such as --target changes the install location',
    ],
    [
      'the folder of packages',
      'RUN pip install -r requirements.txt\nRUN rm -rf /usr/local/lib/python3.11/site-packages/x',
      "the Dockerfile uses the path of Python's package directory",
    ],
    [
      'cron',
      'RUN pip install -r requirements.txt\nRUN apt-get update && apt-get install -y cron',
      'cron starts programs without the PATH of the image',
    ],
    ['cron', 'RUN pip install -r requirements.txt\nRUN cron', 'cron starts programs without the PATH of the image'],
    [
      'an unknown program',
      'RUN pip install -r requirements.txt\nRUN frobnicate',
      'cannot determine which files `frobnicate` leaves behind',
    ],
    [
      'an unknown header',
      'RUN apt-get update && apt-get install -y libfoo-dev\nRUN pip install -r requirements.txt',
      'the runtime libraries for libfoo-dev are unknown',
    ],
    [
      'a package from a variable',
      'ARG P\nRUN apt-get update && apt-get install -y $P\nRUN pip install -r requirements.txt',
      'a variable names a package to install',
    ],
    [
      'another repository',
      'RUN echo deb x > /etc/apt/sources.list.d/x.list\nRUN pip install -r requirements.txt',
      'packages come from a third-party repository',
    ],
  ])('leaves a file alone with %s', (_, runs, guard) => {
    const dockerfile = `FROM python:3.11\nCOPY . .\n${runs}\nCMD ["python", "app.py"]\n`;
    const plan = planFor(dockerfile, APP);
    expect(plan.after).not.toContain('AS build');
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('says so when a package is linked against whatever is there', () => {
    const plan = planFor('FROM python:3.11\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]\n', {
      'requirements.txt': 'dlib==19.24\n',
    });
    expect(guardOf(plan, 'multi-stage')).toBe('cannot determine which libraries dlib is linked against');
  });

  it('takes along what uWSGI is linked against in the full image', () => {
    const after = split('FROM python:3.11\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uwsgi", "app.ini"]\n', {
      'requirements.txt': 'uWSGI==2.0\n',
      'app.ini': '',
    });
    expect(after).toContain('--no-install-recommends libxml2');
  });

  it('knows what a lock file installs from what it only offers', () => {
    const after = split(
      'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install poetry\nRUN poetry install --no-root\nCMD ["python", "app.py"]\n',
      {
        'app.py': '',
        'pyproject.toml': '',
        'poetry.lock': '[[package]]\nname = "psycopg2"\n\n[package.extras]\nmssql = ["pyodbc"]\n',
      },
    );
    expect(after).toContain('--no-install-recommends libpq5 \\\n');
  });

  it('makes no stage for a small tool alone', () => {
    const dockerfile =
      'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y curl\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    expect(guardOf(planFor(dockerfile, APP), 'multi-stage')).toBe(
      'the image contains nothing that only the build needs',
    );
  });

  it('renews the pip of an environment that is too old for the wheels of today', () => {
    const of = (image: string) =>
      split(`FROM python:${image}\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`);
    expect(of('3.6')).toContain(
      'RUN python -m venv /opt/venv \\\n    && /opt/venv/bin/pip install --no-cache-dir --upgrade pip\n',
    );
    expect(of('3.8.1')).toContain('--upgrade pip');
    expect(of('3.8')).not.toContain('--upgrade pip');
    expect(of('3.10.6')).not.toContain('--upgrade pip');
  });

  it.each([
    ['pip install .', 'RUN pip install .'],
    ['an editable install with extras', "RUN pip install -e '.[dev]'"],
    ['a package of the project', 'RUN pip install ./libs/x'],
  ])('has the sources in the build stage before %s', (_, install) => {
    const [builder = '', final = ''] = split(
      `FROM python:3.11\nWORKDIR /app\nCOPY . .\n${install}\nCMD ["python", "app.py"]\n`,
      {
        ...APP,
        'pyproject.toml': '[project]\nname = "x"\n',
        'libs/x/pyproject.toml': '',
      },
    ).split('FROM python:3.11-slim');
    expect(builder.indexOf('COPY . .')).toBeLessThan(builder.indexOf('pip install'));
    expect(builder).toContain('COPY . .');
    expect(final).toContain('COPY --chown=app:app . .\n');
    expect(final).toContain('COPY --from=build /opt/venv /opt/venv\n');
  });

  it.each([
    'python3-pip gcc',
    // Another edit of the same RUN.
    'python3-pip vim gcc',
  ])("makes the environment of the distribution's Python with a package of its own beside %s", (packages) => {
    const [builder = '', final = ''] = split(
      `FROM debian:bookworm\nWORKDIR /app\nRUN apt-get update && apt-get install -y --no-install-recommends ${packages}\nCOPY . .\nRUN pip3 install --break-system-packages -r requirements.txt\nCMD ["python3", "app.py"]\n`,
    ).split('FROM debian:bookworm-slim');
    expect(builder).toContain('python3-pip python3-venv gcc');
    expect(builder).toContain('RUN python3 -m venv /opt/venv\n');
    expect(final).toContain('--no-install-recommends python3 \\\n');
    expect(final).not.toMatch(/gcc|python3-pip/);
  });

  it("lets the environment see the distribution's packages where the file installs some", () => {
    const after = split(
      'FROM debian:bookworm\nWORKDIR /app\nRUN apt-get update && apt-get install -y python3-pip python3-numpy\nCOPY . .\nRUN pip3 install -r requirements.txt\nCMD ["python3", "app.py"]\n',
    );
    expect(after).toContain('RUN python3 -m venv --system-site-packages /opt/venv\n');
    expect(after.split('-slim')[1]).toContain('python3 python3-numpy');
  });

  it('leaves uv behind, and installs into an environment with it', () => {
    const [builder = '', final = ''] = split(
      'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.5 /uv /bin/uv\nWORKDIR /app\nCOPY requirements.txt .\nRUN uv pip install --system -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
    ).split('# Final stage');
    expect(builder).toContain(
      'ENV VIRTUAL_ENV=/opt/venv PATH="/opt/venv/bin:$PATH"\nCOPY requirements.txt .\nRUN uv pip install -r requirements.txt\n',
    );
    expect(final).not.toMatch(/\buv\b|requirements/);
  });

  it('keeps a tool that is installed in the same RUN out of the environment', () => {
    const after = split(
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install poetry && poetry config virtualenvs.create false && poetry install --no-root\nCMD ["poetry", "run", "uvicorn", "app:app"]\n',
      { 'app.py': '', 'pyproject.toml': '', 'poetry.lock': '' },
    );
    expect(after).toMatch(
      /RUN pip install[^\n]* poetry && poetry config virtualenvs\.create false\nRUN python -m venv \/opt\/venv\nENV [^\n]*\nCOPY [^\n]*\nRUN poetry install --no-root\n/,
    );
    expect(after).toContain('CMD ["uvicorn", "app:app"]');
  });

  it('keeps a tool out of the environment whose pip is upgraded first', () => {
    const after = split(
      'FROM python:3.12-slim\nWORKDIR /app\nRUN pip install --upgrade pip\nRUN pip install poetry==1.8\nCOPY pyproject.toml poetry.lock ./\nRUN poetry config virtualenvs.create false\nRUN poetry install --no-root\nCOPY . .\nCMD ["python", "app.py"]\n',
      { 'app.py': '', 'pyproject.toml': '', 'poetry.lock': '' },
    );
    expect(after).toMatch(
      /RUN pip install[^\n]* poetry==1\.8\n[\s\S]*RUN python -m venv \/opt\/venv\n[\s\S]*RUN poetry install/,
    );
  });

  it.each([
    ['poetry', 'RUN pip install poetry\nRUN poetry config virtualenvs.in-project true\nRUN poetry install --no-root'],
    ['pdm', 'RUN pip install pdm\nRUN pdm install --prod'],
    ['uv', 'RUN pip install uv\nRUN uv sync --frozen --no-dev'],
  ])('takes the environment that %s makes beside the project', (tool, runs) => {
    const after = split(
      `FROM python:3.12\nWORKDIR /app\nCOPY . .\n${runs}\nCMD ${tool} run app.py && ${tool} run x\n`,
      {
        'app.py': '',
        'pyproject.toml': '',
        '.python-version': '3.12\n',
      },
    );
    expect(after).toContain('COPY --from=build /app/.venv /app/.venv\n');
    expect(after).toContain('ENV PATH="/app/.venv/bin:$PATH"\n');
    expect(after).toMatch(/python app\.py && exec x/);
  });

  it('makes an environment for uv that installs among the files of the system', () => {
    const after = split(
      'FROM python:3.12\nWORKDIR /app\nENV UV_PROJECT_ENVIRONMENT=/usr/local\nCOPY . .\nRUN pip install uv\nRUN uv sync --frozen\nCMD ["uvicorn", "app:app"]\n',
      { 'app.py': '', 'pyproject.toml': '', 'uv.lock': '' },
    );
    expect(after).toContain(
      'ENV VIRTUAL_ENV=/opt/venv PATH="/opt/venv/bin:$PATH" UV_PROJECT_ENVIRONMENT=/opt/venv\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\n',
    );
    expect(after).toContain('COPY --from=build /opt/venv /opt/venv\n');
  });

  it('has what only runs in the final stage alone', () => {
    const [builder = '', final = ''] = split(
      'FROM python:3.12\nWORKDIR /app\nRUN apt-get update && apt-get install -y ffmpeg libgl1\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    ).split('# Final stage');
    expect(builder).not.toContain('ffmpeg');
    expect(final).toContain('ffmpeg libgl1');
  });

  it('leaves the settings of a tool behind, and copies the environment before the sources', () => {
    const final = split(
      'FROM python:3.12-slim\nENV POETRY_HOME=/opt/poetry \\\n    PYTHONUNBUFFERED=1\nENV PATH="$POETRY_HOME/bin:$PATH"\nRUN apt-get update && apt-get install -y curl && curl -sSL https://install.python-poetry.org | python3 -\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN poetry install --no-root\nCOPY . .\nRUN poetry install\nCMD ["poetry", "run", "python", "app.py"]\n',
      { 'app.py': '', 'pyproject.toml': '' },
    ).split('# Final stage')[1];
    expect(final).toContain('FROM python:3.12-slim\nENV PYTHONUNBUFFERED=1\nWORKDIR /app\n');
    expect(final).toMatch(/COPY --from=build \/app\/\.venv \/app\/\.venv\n(?:RUN .*\n)?COPY (?:--chown=\S+ )?\. \.\n/);
    expect(final).not.toMatch(/poetry/i);
  });

  it('copies the environment above the sources, also where they are copied before the install', () => {
    const final = split('FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD ["python", "app.py"]\n', {
      'app.py': '',
      'pyproject.toml': '',
    }).split('# Final stage')[1];
    expect(final).toMatch(/COPY --from=build \/opt\/venv \/opt\/venv\n(?:RUN .*\n)?COPY (?:--chown=\S+ )?\. \.\n/);
  });

  it('installs with what poetry exports', () => {
    const after = split(
      'FROM python:3.12\nWORKDIR /app\nRUN pip install poetry poetry-plugin-export\nCOPY pyproject.toml poetry.lock ./\nRUN poetry export -o requirements.txt && pip install -r requirements.txt\nCOPY src ./src\nCMD ["python", "src/app.py"]\n',
      { 'src/app.py': '', 'pyproject.toml': '', 'poetry.lock': '' },
    );
    const final = after.split('FROM python:3.12-slim')[1];
    expect(final).toContain('COPY --from=build /opt/venv /opt/venv');
    expect(final).not.toMatch(/poetry|pyproject/);
  });

  it.each([
    [
      'a Python that uv would fetch',
      { '.python-version': '3.13\n' },
      '`.python-version` requires Python 3.13, which uv would download: use an image with that version',
    ],
    [
      'a project that wants a newer Python',
      { 'pyproject.toml': 'requires-python = ">=3.13"\n' },
      'the project requires Python 3.13, which uv would download: use an image with that version',
    ],
    [
      'a script that calls uv',
      { 'run.sh': 'uv run app.py\n' },
      'run.sh calls `uv`, which only the build stage would have: call the program directly, since the plan puts it on the PATH',
    ],
  ])('leaves %s alone', (_, files, guard) => {
    const dockerfile =
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install uv\nRUN uv sync\nCMD ["sh", "run.sh"]\n';
    expect(guardOf(planFor(dockerfile, { 'app.py': '', ...files }), 'multi-stage')).toBe(guard);
  });

  it.each([
    ['CMD ["uv", "run", "python", "app.py"]', '', ['SIGINT'], '["python", "app.py"]'],
    ['CMD ["uv", "run", "app.py"]', '', ['SIGINT'], '["python", "app.py"]'],
    ['CMD ["uv", "run", "app.py"]', 'signal.signal(signal.SIGTERM, stop)\n', [], '["python", "app.py"]'],
    ['STOPSIGNAL SIGQUIT\nCMD ["uv", "run", "app.py"]', '', ['SIGQUIT'], '["python", "app.py"]'],
    ['CMD ["uv", "run", "uvicorn", "app:a"]', '', [], '["uvicorn", "app:a"]'],
    ['CMD ["uv", "run", "-m", "gunicorn", "app:a"]', '', [], '["python", "-m", "gunicorn", "app:a"]'],
  ])('a container that uv stops still stops without it: %s with %j', (start, app, signals, expected) => {
    const { after } = planFor(`FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install uv\nRUN uv sync\n${start}\n`, {
      'app.py': app,
      'pyproject.toml': '',
      'uv.lock': '',
    });
    expect(after).toContain(`\nCMD ${expected}\n`);
    expect([...after.matchAll(/^STOPSIGNAL (.*)$/gm)].map(([, signal]) => signal)).toEqual(signals);
  });

  it.each([
    ['pdm', 'pdm.lock', ['SIGINT']],
    ['poetry', 'poetry.lock', []],
  ])('%s is replaced by the program that it runs, or only starts it', (tool, lock, signals) => {
    const { after } = planFor(
      `FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install ${tool}\nRUN ${tool} install\nCMD ["${tool}", "run", "python", "app.py"]\n`,
      { 'app.py': '', 'pyproject.toml': '', [lock]: '' },
    );
    expect(after).toContain('\nCMD ["python", "app.py"]\n');
    expect([...after.matchAll(/^STOPSIGNAL (.*)$/gm)].map(([, signal]) => signal)).toEqual(signals);
  });

  it('minds a path of Python only in what is started by it', () => {
    const dockerfile = (start: string) =>
      `FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [${start}]\n`;
    const files = { ...APP, 'app.py': '#!/usr/local/bin/python\nimport flask\n' };
    expect(split(dockerfile('"python", "app.py"'), files)).toContain('AS build');
    expect(guardOf(planFor(dockerfile('"./app.py"'), files), 'multi-stage')).toBe(
      'app.py calls /usr/local/bin/python by its path: use only the name',
    );
  });

  it('leaves packages alone that an argument decides on', () => {
    const dockerfile =
      'FROM python:3.12-slim\nARG TOOLS=false\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nRUN if [ "$TOOLS" = true ]; then apt-get update && apt-get install -y git gcc; fi\nCMD ["python", "app.py"]\n';
    expect(guardOf(planFor(dockerfile, APP), 'multi-stage')).toBe(
      'packages are installed conditionally: install them always, or in a separate stage',
    );
  });

  it('installs packages before the environment, and copies the sources last', () => {
    const after = split(
      'FROM python:3.12\nRUN pip install opencv-python\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    );
    const final = after.split('FROM python:3.12-slim')[1] ?? '';
    const order = ['apt-get install', 'ENV PATH', 'COPY --from=build', 'COPY . .'];
    expect(order.map((text) => final.indexOf(text))).toEqual(
      order.map((text) => final.indexOf(text)).toSorted((a, b) => a - b),
    );
  });

  it('knows the release of Debian behind an old patch level', () => {
    const finalOf = (tag: string) =>
      split(
        `FROM python:${tag}\nRUN apt-get update && apt-get install -y gcc libffi-dev\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`,
      )
        .split('\nFROM ')
        .pop();
    expect(finalOf('3.9.7-slim')).toContain('libffi7');
    expect(finalOf('3.12-slim')).toContain('libffi8');
    expect(finalOf('3.10.13-slim')).toContain('libffi8');
  });

  it('has nothing to leave behind where the author has taken the compiler out again', () => {
    const dockerfile =
      'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y g++ ffmpeg && pip install -r requirements.txt && apt-get purge -y --auto-remove g++\nCMD ["python", "app.py"]\n';
    expect(guardOf(planFor(dockerfile, APP), 'multi-stage')).toBe(
      'the image contains nothing that only the build needs',
    );
  });

  it('has nothing to do on a slim image without build tools', () => {
    const dockerfile =
      'FROM python:3.11-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    expect(planFor(dockerfile, APP).after).not.toContain('AS build');
  });

  it('knows a manager that is called as a module of Python', () => {
    const after = split(
      'FROM python:3.11\nWORKDIR /code\nCOPY pyproject.toml pdm.lock ./\nRUN pip install pdm && python -m pdm install --prod\nCOPY app app\nCMD ["python", "-m", "pdm", "run", "uvicorn", "app:app"]\n',
      { 'pyproject.toml': '[project]\nname = "a"\n', 'pdm.lock': '', 'app/main.py': 'import fastapi\n' },
    );
    expect(after).toContain('COPY --from=build /code/.venv /code/.venv\n');
    expect(after).toContain('CMD ["uvicorn", "app:app"]');
    expect(after.split('FROM python:3.11-slim')[1]).not.toMatch(/pdm|pyproject/);
  });

  it('leaves the project file behind that only the install reads, though the program imports FastAPI', () => {
    const after = split(
      'FROM python:3.11\nWORKDIR /app\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nCOPY pyproject.toml uv.lock* ./\nRUN uv sync --no-dev\nCOPY app app\nCMD [".venv/bin/uvicorn", "app.main:app"]\n',
      { 'pyproject.toml': '[project]\nname = "a"\n', 'app/main.py': 'from fastapi import FastAPI\nimport celery\n' },
    );
    expect(after.split('FROM python:3.11-slim')[1]).not.toContain('pyproject.toml');
  });

  it('installs nothing on a release that the package servers no longer have', () => {
    const naive =
      'FROM python:3.8.2\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    const psycopg = { 'requirements.txt': 'psycopg2==2.8.5\n', 'app.py': '' };
    expect(split(naive)).toContain('FROM python:3.8.2-slim');
    expect(guardOf(planFor(naive, psycopg), 'multi-stage')).toContain('buster is no longer on the package servers');
    expect(split(naive, psycopg)).not.toContain('apt-get');
  });

  it('takes along the libraries of packages whose version has no wheel for this Python', () => {
    const finalOf = (python: string, requirement: string) =>
      split(
        `FROM python:${python}\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`,
        { 'requirements.txt': requirement, 'app.py': '' },
      ).split('Final stage')[1];
    expect(finalOf('3.12', 'psycopg2-binary==2.9.5\n')).toContain('--no-install-recommends libpq5');
    expect(finalOf('3.11', 'psycopg2-binary==2.9.5\n')).not.toContain('apt-get');
    expect(finalOf('3.12', 'psycopg2-binary\n')).not.toContain('apt-get');
    expect(finalOf('3.12-bookworm', 'Pillow==9.5.0\n')).toContain('libjpeg62-turbo');
    expect(finalOf('3.13-bookworm', 'lxml==4.9.4 \\\n    --hash=sha256:0\n')).toContain('libxml2 libxslt1.1');
    expect(finalOf('3.13', 'xhtml2pdf==0.2.16\nultralytics\n')).toContain('libcairo2 libglib2.0-0');
  });

  it('reads the version in lock files', () => {
    const naive =
      'FROM python:3.12-bookworm\nWORKDIR /app\nRUN pip install poetry\nCOPY pyproject.toml poetry.lock ./\nRUN poetry config virtualenvs.create false && poetry install --no-root\nCOPY app.py .\nCMD ["python", "app.py"]\n';
    const withLock = (lock: string) => split(naive, { 'pyproject.toml': '', 'poetry.lock': lock, 'app.py': '' });
    expect(withLock('[[package]]\nname = "lxml"\nversion = "4.9.1"\n')).toContain('libxslt1.1');
    expect(withLock('[[package]]\nname = "lxml"\nversion = "5.3.0"\n')).not.toContain('libxslt1.1');
  });

  it('converts what Compose starts', () => {
    const naive = 'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n';
    const with_ = (starts: string[]) => planFor(naive, APP, { services: [{ starts }] });
    expect(with_([]).after).not.toContain('AS build');
    expect(with_(['gunicorn app:app', 'celery -A app worker']).after).toContain('FROM python:3.11-slim\n');
    expect(guardOf(with_(['poetry run gunicorn app:app']), 'multi-stage')).toContain('Compose calls `poetry`');
    expect(guardOf(with_(['sleep infinity']), 'multi-stage')).toContain('interactive use in the container');
  });

  it('puts packages elsewhere where a folder of the host would hide them', () => {
    const naive =
      'FROM python:3.11\nWORKDIR /app\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nCOPY pyproject.toml uv.lock ./\nRUN uv sync\nCOPY . .\nCMD ["uv", "run", "uvicorn", "app:app"]\n';
    const files = { 'pyproject.toml': '[project]\nname = "a"\n', 'uv.lock': '', 'app.py': '' };
    const services = [{ mounts: [{ target: '/app', kind: 'bind' as const }] }];
    const { after } = planFor(naive, files, { services });
    expect(after).toContain('COPY --from=build /opt/venv /opt/venv\n');
    expect(after).toContain('CMD ["uvicorn", "app:app"]');
    const direct = planFor(naive.replace('"uv", "run", "uvicorn"', '".venv/bin/uvicorn"'), files, { services });
    expect(guardOf(direct, 'multi-stage')).toContain('Compose mounts');
  });

  it("runs what uv's images build on the image of Python that they are made of", () => {
    const finalOf = (tag: string) =>
      split(
        `FROM ghcr.io/astral-sh/uv:${tag}\nWORKDIR /app\nENV UV_COMPILE_BYTECODE=1\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\nCOPY . .\nCMD ["uv", "run", "uvicorn", "app:app"]\n`,
        { 'pyproject.toml': '[project]\nname = "a"\n', 'uv.lock': '', 'app.py': '' },
      ).split('Final stage: what the app needs at run time\n')[1];
    expect(finalOf('python3.12-bookworm')).toMatch(/^FROM python:3\.12-slim-bookworm\n/);
    expect(finalOf('0.9-python3.12-trixie-slim')).toMatch(/^FROM python:3\.12-slim-trixie\n/);
    expect(finalOf('python3.12-alpine')).toMatch(/^FROM python:3\.12-alpine\n/);
    expect(finalOf('python3.12-alpine')).not.toMatch(/uv\b/);
    expect(finalOf('python3.12-alpine')).toContain('USER app\nCMD ["uvicorn", "app:app"]');
    expect(finalOf('debian-slim')).toBeUndefined();
  });

  it('copies into the build stage only what an install reads', () => {
    const builderOf = (dockerfile: string) => split(dockerfile).split('Final stage')[0];
    const start = 'CMD ["uvicorn", "app:app"]\n';
    expect(
      builderOf(`FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install fastapi "uvicorn[standard]"\n${start}`),
    ).not.toContain('COPY . .');
    expect(builderOf(`FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install .\n${start}`)).toContain('COPY . .');
    const tools =
      'FROM python:3.12\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/\nCOPY pip.conf /etc/pip.conf\nWORKDIR /app\nCOPY . .\nRUN uv pip install --system fastapi\n';
    const builder = planFor(tools + start, { ...APP, 'pip.conf': '' }).after.split('Final stage')[0];
    expect(builder).toContain('/uv /bin/');
    expect(builder).toContain('COPY pip.conf /etc/pip.conf');
    expect(builder).not.toContain('COPY . .');
  });

  it("leaves parts of Debian's Python behind, and libraries out of the build stage", () => {
    const after = split(
      'FROM python:3.12-slim-bookworm\nRUN apt-get update && apt-get install -y gcc python3-cffi libpango-1.0-0 libgl1 ffmpeg\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    );
    expect(after).toContain('--no-install-recommends ffmpeg libgl1 libpango-1.0-0 \\\n');
    expect(after.split('Final stage')[0]).not.toMatch(/libpango|libgl1|ffmpeg/);
  });

  it('sets up locales in both stages', () => {
    const after = split(
      'FROM python:3.12-bookworm\nRUN apt-get update && apt-get install -y gcc locales\nRUN sed -i \'s/# de_DE/de_DE/\' /etc/locale.gen && locale-gen\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    );
    expect(after.split('locale-gen')).toHaveLength(3);
    expect(after.split('Final stage')[1]).toMatch(/locales[\s\S]*locale-gen/);
  });

  it('looks for paths of Python only in scripts that something names', () => {
    const files = { ...APP, 'tools/install': '#!/bin/sh\n/usr/bin/python -m x\n' };
    const naive =
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    expect(split(naive, files)).toContain('AS build');
    expect(split(naive.replace('["python", "app.py"]', 'sh tools/install'), files)).not.toContain('AS build');
  });

  it('asks a person for nothing that only lines of its own are about', () => {
    const plan = planFor(
      'FROM python:3.8.2\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
      APP,
    );
    expect(plan.after).toContain('--upgrade pip');
    expect(plan.skipped.map(({ id }) => id)).not.toContain('pin-pip-packages');
  });

  it('makes folders for manuals only where a full image is left', () => {
    const finalOf = (tag: string) =>
      split(
        `FROM python:${tag}\nRUN apt-get update && apt-get install -y gcc postgresql-client\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n`,
      ).split('Final stage')[1];
    expect(finalOf('3.12-bookworm')).toContain('/usr/share/man/man1');
    expect(finalOf('3.12-slim-bookworm')).toContain('postgresql-client');
    expect(finalOf('3.12-slim-bookworm')).not.toContain('/usr/share/man');
  });

  it('says why an image of conda stays as it is', () => {
    const plan = planFor(
      'FROM continuumio/miniconda3\nWORKDIR /app\nCOPY environment.yml .\nRUN conda env create -f environment.yml\nCOPY . .\nCMD ["python", "app.py"]\n',
      { 'environment.yml': 'name: a\n', 'app.py': '' },
    );
    expect(guardOf(plan, 'multi-stage')).toContain('conda keeps Python and its libraries together');
    expect(plan.after).toContain('conda clean -afy');
  });

  it('names one reason where packages of Python keep an image large', () => {
    const plan = planFor('FROM python:3.12\nWORKDIR /app\nRUN pip install dlib\nCOPY . .\nCMD ["python", "app.py"]\n', {
      'app.py': '',
    });
    expect(guardOf(plan, 'multi-stage')).toContain('dlib');
    expect(guardOf(plan, 'slim-base')).toBeUndefined();
  });

  it('reads the functions of a start script', () => {
    const after = split(
      'FROM python:3.12\nRUN apt-get update && apt-get install -y build-essential netcat-openbsd\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nENTRYPOINT ["./entrypoint.sh"]\nCMD ["python", "app.py"]\n',
      {
        ...APP,
        'entrypoint.sh':
          '#!/bin/bash\nfunction wait_for_db() {\n  while ! nc -z db 5432; do sleep 1; done\n}\nmigrate () {\n  python migrate.py\n}\nwait_for_db\nmigrate\nexec "$@"\n',
      },
    );
    expect(after.split('# Final stage')[1]).toContain('--no-install-recommends netcat-openbsd ');
    expect(after.split('# Final stage')[1]).not.toContain('build-essential');
  });

  it('knows what COPY --exclude leaves out', () => {
    const after = split(
      'FROM python:3.12\nWORKDIR /app\nCOPY --exclude=docker/* . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
      { ...APP, 'docker/run.sh': '/usr/bin/python app.py\n', 'start.py': 'run.sh' },
    );
    expect(after).toContain('AS build');
  });

  it('installs no program for packages of development', () => {
    const after = split(
      'FROM python:3.12\nWORKDIR /app\nRUN pip install pipenv\nCOPY Pipfile Pipfile.lock ./\nRUN pipenv install --system --deploy\nCOPY app.py .\nCMD ["python", "app.py"]\n',
      {
        Pipfile: '[packages]\nflask = "*"\nipython = "*"\n\n[dev-packages]\ngitpython = "*"\n',
        'Pipfile.lock': '{}',
        'app.py': '',
      },
    );
    expect(after).toContain('AS build');
    expect(after).not.toContain('apt-get');
  });

  it('knows a manager that is called by its path', () => {
    const after = split(
      'FROM ghcr.io/astral-sh/uv:0.9 AS uv\nFROM python:3.12-bookworm\nRUN --mount=from=uv,source=/uv,target=./uv ./uv venv /opt/venv\nENV VIRTUAL_ENV=/opt/venv PATH="/opt/venv/bin:$PATH"\nWORKDIR /app\nCOPY . .\nRUN --mount=from=uv,source=/uv,target=./uv ./uv pip install -r requirements.txt\nCMD ["python", "app.py"]\n',
    );
    expect(after).toContain('COPY --from=build /opt/venv /opt/venv\n');
  });
});
