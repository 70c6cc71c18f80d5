import { packageCommand } from '../../commands/packageCommand';
import { lineage } from '../../dockerfile/lineage';
import { defineRule } from '../../engine/rule';

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
      'tally:gpu/cuda-version-mismatch',
    ],
    messages: {
      query: 'A build has no GPU: `{name}` fails here or finds none',
      driver: '`{name}` belongs on the host: the container gets its driver from the host',
      toolkit: '`{name}` is already in the base image',
    },
    docs: {
      description: 'Leave GPUs and their drivers to run time',
      rationale:
        'A build has no GPU, and a container gets its driver from the host. A driver in the image does not match the next host. Installing CUDA on a CUDA image adds gigabytes a second time.',
      bad: [
        'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN nvidia-smi\n',
        'FROM ubuntu:22.04\nRUN apt-get update && apt-get install -y nvidia-driver-550\n',
      ],
      good: ['FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04\nCMD ["nvidia-smi"]\n'],
      references: ['https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html'],
    },
  },
  visits: { tools: ['nvidia-smi', 'apt-get', 'apt', 'dnf', 'yum'] },
  create: ({ report }) => ({
    command(command, on) {
      // `--device` gives this RUN a GPU.
      const hasDevice = on.flags.some(({ name }) => name === 'device');
      if (command.name === 'nvidia-smi' && !command.isConditional && !hasDevice)
        report(command.span, 'query', { data: { name: command.name } });
      const call = packageCommand(command, ['apt-get', 'apt', 'dnf', 'yum']);
      if (call?.subcommand?.value !== 'install') return;
      const base = on.stage && lineage(on.stage)[0]?.base;
      const hasToolkit =
        base?.kind === 'image' && base.image.name === 'nvidia/cuda' && /devel/.test(base.image.tag ?? '');
      for (const { value, span } of call.operands) {
        if (/^(?:nvidia-driver|nvidia-container-(?:toolkit|runtime)|nvidia-docker2|cuda-drivers)/.test(value))
          report(span, 'driver', { data: { name: value } });
        else if (hasToolkit && /^cuda-toolkit|^nvidia-cuda-toolkit$|^cuda$/.test(value))
          report(span, 'toolkit', { data: { name: value } });
      }
    },
  }),
});
