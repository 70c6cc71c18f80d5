import { dependenciesOf } from '../../app/dependencies';
import { isBuiltOn } from '../../app/imageUse';
import { sourcesOf } from '../../app/neededPrograms';
import { type Site, siteOn } from '../../app/site';
import { commandKind } from '../../commands/commandKinds';
import { packageCommand } from '../../commands/packageCommand';
import { systemInstall } from '../../commands/systemPackages';
import { imageStage } from '../../dockerfile/lineage';
import type { ImageReference } from '../../dockerfile/model';
import { phrase } from '../../l10n/phrase';
import type { ShellCommand } from '../../shell/script';
import { wordList } from '../../text/wordList';
import { type Guard, refuse, type Transform } from '../transform';

const TITLE = phrase('Run on the `runtime` variant of the CUDA image');

/** CUDA: programs need only the libraries. The compiler, headers and static libraries are for compiling. */
export const cudaRuntime: Transform = {
  id: 'cuda-runtime',
  safety: 'unsafe',
  level: 'recommended',
  answers: ['no-sdk-in-final'],
  propose({ dockerfile, knowledge, buildContext, config }) {
    const stage = imageStage(dockerfile);
    if (stage?.base.kind !== 'image' || !buildContext || dockerfile.errors.length > 0) return undefined;
    const { image } = stage.base;
    const tag = runtimeTag(image);
    if (tag === undefined || config?.settings.targetStage !== undefined) return undefined;
    const facts = { distro: 'ubuntu', libc: 'glibc', isOfficial: false, dropsPrivileges: false, source: '' } as const;
    const site = siteOn(facts, dockerfile, stage, knowledge, buildContext, config?.settings.services);
    const guard = site && compileGuard(site, tag);
    if (!site || guard) return guard && { title: TITLE, ...guard };
    if (!image.tagSpan || image.digest !== undefined)
      return { title: TITLE, ...refuse('a variable or digest selects the image: set the tag to {tag} there', { tag }) };
    return {
      title: TITLE,
      reason: phrase(
        'Nothing is compiled in this stage or when the container runs: the packages are prebuilt and only load the CUDA libraries. The `devel` variant adds `nvcc`, headers and static libraries, which take several gigabytes.',
      ),
      risk: phrase('A package that compiles CUDA code at run time finds no `nvcc`.'),
      edits: [{ span: image.tagSpan, newText: tag }],
    };
  },
};

/** Both vendors publish a runtime image without the compiler for each development image (Docker Hub, 2026-11). */
function runtimeTag({ name: repository, tag = '' }: ImageReference): string | undefined {
  const isKnown = /^(?:nvidia\/cuda|pytorch\/pytorch)$/.test(repository);
  return isKnown && /-devel(?:-|$)/.test(tag) ? tag.replace('-devel', '-runtime') : undefined;
}

/** Packages with wheels on PyPI that compile nothing, neither at install time nor at run time (2026-11). */
const PREBUILT = wordList`
  accelerate aiofiles aiohttp albumentations alembic asyncpg beautifulsoup4 boto3 celery certifi click colorama
  ctranslate2 datasets diffusers einops fastapi faster-whisper filelock flask flask-cors ftfy gdown gradio gunicorn
  httpx huggingface-hub imageio imageio-ffmpeg jinja2 joblib kornia langchain langchain-community langchain-core
  langchain-openai loguru matplotlib moviepy nltk numpy omegaconf onnx onnxruntime onnxruntime-gpu openai
  opencv-contrib-python opencv-python opencv-python-headless orjson packaging pandas peft pillow pip
  prometheus-client protobuf psutil psycopg2-binary pyarrow pydantic pydantic-settings pydub pymongo pymupdf pypdf
  pypdf2 python-dotenv python-multipart pyyaml qdrant-client redis regex requests rich runpod safetensors
  scikit-image scikit-learn scipy seaborn sentence-transformers sentencepiece sentry-sdk setuptools soundfile
  sqlalchemy starlette streamlit tensorboard tiktoken timm tokenizers torch torchaudio torchmetrics torchvision
  tornado tqdm transformers typer typing-extensions ultralytics urllib3 uvicorn uvloop websockets wheel
`;
/** Code that compiles at run time, or that reads files that only the toolkit has. */
const COMPILES =
  /\b(?:cpp_extension|load_inline|torch\.compile|triton|numba|cupy|pycuda|tensorrt|deepspeed|nvcc|nvrtc|CUDA_HOME|ninja|flash_attn)\b/;

/** Named in the refusal before any other command. */
const COMPILER = /^(?:bazel|cmake|make|meson|ninja|nvcc|pip[\d.]*|python[\d.]*)$/;

/** Why it is uncertain that nothing is compiled. */
function compileGuard(site: Site, tag: string): Guard | undefined {
  if (isBuiltOn(site)) return refuse('the image starts nothing, so others may build on it and compile there');
  const scripts = site.stage.instructions.flatMap(({ keyword, script }) => (keyword === 'RUN' ? [script] : []));
  if (scripts.some((script) => !script || script.errors.length > 0)) return refuse('a RUN cannot be parsed');
  const others = scripts.flatMap((script) => script?.commands ?? []).filter((command) => !installs(command));
  const other = others.find(({ name }) => COMPILER.test(name)) ?? others[0];
  if (other)
    return refuse(
      '`{name}` may compile CUDA code: compile in a separate stage, and use the tag {tag} for the last one',
      { name: other.name, tag },
    );
  const sources = sourcesOf(site);
  if (!sources) return refuse('the build context has too many files to scan: list unneeded files in .dockerignore');
  const source = sources.find(({ text }) => COMPILES.test(text));
  if (source) return refuse('{file} may compile CUDA code at run time', { file: source.path });
  const unknown = dependenciesOf(site).find(
    ({ ecosystem, name }) => ecosystem === 'pypi' && !PREBUILT.test(name.toLowerCase().replace(/[-_.]+/g, '-')),
  );
  return (
    unknown && refuse('{name} may compile CUDA code: if it does not, set the tag to {tag}', { name: unknown.name, tag })
  );
}

/** True for installs of packages by name, and for setup commands around them. */
function installs(command: ShellCommand): boolean {
  const pip = packageCommand(command, ['pip']);
  if (pip)
    return (
      pip.subcommand?.value === 'install' &&
      !pip.has('-e', '--editable') &&
      pip.operands.every(({ value }) => /^[A-Za-z][\w.-]*(?:\[[\w,-]+\])?(?:[=<>~!].*)?$/.test(value))
    );
  const packages = systemInstall(command)?.operands ?? [];
  const kind = commandKind(command);
  return (
    kind !== undefined && kind !== 'fetch' && !packages.some(({ value }) => /^(?:cuda|libcu|libnv|nvidia)/.test(value))
  );
}
