import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const CUDA = 'FROM nvidia/cuda:12.1.1-cudnn8-devel-ubuntu22.04\n';
const APP =
  'RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip3 install --no-cache-dir -r requirements.txt\nCOPY main.py .\nCMD ["python3", "main.py"]\n';
const TAG = '12.1.1-cudnn8-runtime-ubuntu22.04';
const FILES = { 'requirements.txt': 'torch==2.1.0\nfastapi\n', 'main.py': 'import torch\n' };

describe('cuda-runtime', () => {
  it('leaves the compiler of CUDA out where everything is prebuilt', () => {
    expect(planFor(CUDA + APP, FILES).after).toContain('FROM nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04\n');
    expect(planFor(`FROM pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel\n${APP}`, FILES).after).toContain(
      'FROM pytorch/pytorch:2.1.0-cuda12.1-cudnn8-runtime\n',
    );
  });

  it.each([
    [
      APP,
      { ...FILES, 'requirements.txt': 'torch\nflash-attn\n' },
      `flash-attn may compile CUDA code: if it does not, set the tag to ${TAG}`,
    ],
    [APP, { ...FILES, 'main.py': 'model = torch.compile(model)\n' }, 'main.py may compile CUDA code at run time'],
    [
      APP.replace('COPY main.py .', 'COPY main.py .\nRUN nvcc -o a a.cu'),
      FILES,
      `\`nvcc\` may compile CUDA code: compile in a separate stage, and use the tag ${TAG} for the last one`,
    ],
    [
      APP.replace('COPY main.py .', 'COPY main.py .\nRUN add-apt-repository ppa:a/b -y\nRUN python3 setup.py install'),
      FILES,
      `\`python3\` may compile CUDA code: compile in a separate stage, and use the tag ${TAG} for the last one`,
    ],
    [APP.replace(/CMD.*\n/, ''), FILES, 'the image starts nothing, so others may build on it and compile there'],
  ])('says why it stays: %#', (app, files, why) => {
    const plan = planFor(CUDA + app, files);
    expect(plan.after).toContain('-devel-');
    expect(guardOf(plan, 'cuda-runtime')).toBe(why);
  });

  it('is told where a variable chooses the image', () => {
    const plan = planFor(`ARG TAG=12.1.1-cudnn8-devel-ubuntu22.04\nFROM nvidia/cuda:$TAG\n${APP}`, FILES);
    expect(guardOf(plan, 'cuda-runtime')).toBe(`a variable or digest selects the image: set the tag to ${TAG} there`);
  });
});
