import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const APP = { 'requirements.txt': 'flask==3.0.3\n', 'app.py': 'import flask\n' };

function split(dockerfile: string, files: Record<string, string> = APP): string {
  return planFor(dockerfile, files).after;
}

describe('Python', () => {
  it('installs into an environment that the slim image takes over', () => {
    const naive =
      'FROM python:3.11\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    expect(split(naive)).toBe(`# Dependencies are installed here, with compilers and headers at hand
FROM python:3.11 AS build
WORKDIR /app
COPY requirements.txt .
RUN python -m venv --without-pip --system-site-packages /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
RUN python -m pip install --no-cache-dir -r requirements.txt

# The image that runs, without the build tools
FROM python:3.11-slim
WORKDIR /app
ENV PATH="/opt/venv/bin:$PATH"
COPY --from=build /opt/venv /opt/venv
RUN groupadd --system app && useradd --system --gid app --create-home app && chown app:app /app
COPY --chown=app:app . .
USER app
CMD ["python", "app.py"]
`);
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
    expect(after).toContain('--no-install-recommends ca-certificates curl git \\\n');
  });

  it.each([
    ['poetry', 'RUN poetry install --no-root', '"poetry", "run", "python", "app.py"', '/opt/venv'],
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
      '`conda` keeps its packages in places of its own',
    ],
    ['a folder of its own', 'RUN pip install --user -r requirements.txt', 'pip installs into a folder of its own'],
    [
      'the folder of packages',
      'RUN pip install -r requirements.txt\nRUN rm -rf /usr/local/lib/python3.11/site-packages/x',
      'the file names the folder that Python keeps its packages in',
    ],
    ['cron', 'RUN pip install -r requirements.txt\nRUN cron', 'cron starts programs without the PATH of the image'],
    [
      'an unknown program',
      'RUN pip install -r requirements.txt\nRUN frobnicate',
      'what `frobnicate` leaves behind is not known',
    ],
    [
      'an unknown header',
      'RUN apt-get update && apt-get install -y libfoo-dev\nRUN pip install -r requirements.txt',
      'the runtime libraries behind libfoo-dev are not known',
    ],
    [
      'a package from a variable',
      'ARG P\nRUN apt-get update && apt-get install -y $P\nRUN pip install -r requirements.txt',
      'a package that is installed comes out of a variable',
    ],
    [
      'another repository',
      'RUN echo deb x > /etc/apt/sources.list.d/x.list\nRUN pip install -r requirements.txt',
      'packages come from another repository',
    ],
  ])('leaves a file alone with %s', (_, runs, guard) => {
    const dockerfile = `FROM python:3.11\nCOPY . .\n${runs}\nCMD ["python", "app.py"]\n`;
    const plan = planFor(dockerfile, APP);
    expect(plan.after).not.toContain('AS build');
    expect(guardOf(plan, 'multi-stage')).toBe(guard);
  });

  it('says so when a package is linked against whatever is there', () => {
    const plan = planFor('FROM python:3.11\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["uwsgi"]\n', {
      'requirements.txt': 'uWSGI==2.0\n',
    });
    expect(guardOf(plan, 'multi-stage')).toBe('the libraries that uwsgi is linked against are not known');
  });

  it('has nothing to do on a slim image without build tools', () => {
    const dockerfile =
      'FROM python:3.11-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "app.py"]\n';
    expect(planFor(dockerfile, APP).after).not.toContain('AS build');
  });
});
