import { packageCommand } from '../../commands/packageCommand';
import { lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';
import type { ShellCommand } from '../../shell/script';
import type { Word } from '../../text/word';

export default defineRule({
  meta: {
    id: 'no-gpu-misuse',
    group: 'correctness',
    severity: 'info',
    recommended: true,
    since: '0.1.0',
    scope: 'instruction',
    aliases: [
      'tally:gpu/no-buildtime-gpu-queries',
      'tally:gpu/no-redundant-cuda-install',
      'tally:gpu/no-container-runtime-in-image',
      'tally:gpu/no-hardcoded-visible-devices',
      'tally:gpu/prefer-minimal-driver-capabilities',
      'tally:gpu/cuda-version-mismatch',
    ],
    fixable: 'unsafe',
    unsafeIn: 'never',
    messages: {
      query: 'A build has no GPU: `{name}` fails here or finds none',
      driver: '`{name}` belongs on the host: the container gets its driver from the host',
      toolkit: '`{name}` is already in the base image',
      version: '`{name}` brings another CUDA than {version} of the base image',
      device: '`{name}` names one GPU of one host: choose it with `docker run --gpus`',
      capabilities: '`all` mounts every library of the driver into the container',
      compute: 'Mount what CUDA needs: compute,utility',
    },
    docs: {
      description: 'Leave GPUs and their drivers to run time',
      rationale:
        'A build has no GPU, and a container gets its driver from the host. A driver in the image does not match the next host. Installing CUDA on a CUDA image adds gigabytes a second time. Which GPUs and which parts of the driver a container sees is decided where it starts.',
      fixSafety: { unsafe: 'a program that draws or encodes video also needs `graphics` or `video`.' },
      bad: [
        'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN nvidia-smi\n',
        'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y nvidia-driver-550\n',
      ],
      good: ['FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCMD ["nvidia-smi"]\n'],
      references: ['https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html'],
    },
  },
  visits: {
    keywords: ['ENV'],
    tools: ['nvidia-smi', 'apt-get', 'apt', 'dnf', 'yum', 'pip', 'uv', 'conda', 'mamba', 'micromamba'],
  },
  create: ({ report }) => ({
    instruction({ pairs }) {
      for (const { name, value = '', span, valueSpan } of pairs) {
        const isDevice = /^(?:NVIDIA|CUDA)_VISIBLE_DEVICES$/.test(name) && /^(?:\d|GPU-|MIG-)/.test(value);
        if (isDevice) report(span, 'device', { data: { name: `${name}=${value}` } });
        if (valueSpan && name === 'NVIDIA_DRIVER_CAPABILITIES' && /^all$/i.test(value))
          report(span, 'capabilities', {
            severity: 'hint',
            fix: { title: 'compute', safety: 'unsafe', edits: [{ span: valueSpan, newText: 'compute,utility' }] },
          });
      }
    },
    command(command, on) {
      // `--device` gives this RUN a GPU.
      const hasDevice = on.flags.some(({ name }) => name === 'device');
      if (command.name === 'nvidia-smi' && !command.isConditional && !hasDevice)
        report(command.span, 'query', { data: { name: command.name } });
      const base = on.stage && lineage(on.stage)[0]?.base;
      const tag = base?.kind === 'image' && base.image.name === 'nvidia/cuda' ? (base.image.tag ?? '') : '';
      const version = /^(\d+)\.(\d+)/.exec(tag);
      const other = version && PACKAGERS.test(command.name) ? otherCuda(command, version) : undefined;
      if (other) report(other.span, 'version', { data: { name: other.value, version: version?.[0] ?? '' } });
      const call = packageCommand(command, ['apt-get', 'apt', 'dnf', 'yum']);
      if (call?.subcommand?.value !== 'install') return;
      const hasToolkit = tag.includes('devel');
      for (const { value, span } of call.operands) {
        if (/^(?:nvidia-driver|nvidia-container-(?:toolkit|runtime)|nvidia-docker2|cuda-drivers)/.test(value))
          report(span, 'driver', { data: { name: value } });
        else if (hasToolkit && /^cuda-toolkit|^nvidia-cuda-toolkit$|^cuda$/.test(value))
          report(span, 'toolkit', { data: { name: value } });
      }
    },
  }),
});

const PACKAGERS = /^(?:pip[\d.]*|uv|conda|mamba|micromamba)$/;

/** Wheels for another major version of CUDA, or for a later one than that of the base image: `cu118`, `pytorch-cuda=11.8`. */
function otherCuda({ words }: ShellCommand, [, major, minor]: RegExpExecArray): Word | undefined {
  return words.find(({ value, isStatic }) => {
    const [, wheelMajor, wheelMinor] =
      /(?:\/whl\/|\+|^)cu(\d{2})(\d)$/.exec(value) ?? /^(?:pytorch-cuda|cudatoolkit)=(\d+)\.(\d+)/.exec(value) ?? [];
    return isStatic && wheelMajor !== undefined && (wheelMajor !== major || Number(wheelMinor) > Number(minor));
  });
}
