import { describe, expect, it } from 'vitest';
import { guardOf, planFor } from '../../helpers/plan';

const CUDA = 'FROM nvidia/cuda:12.1.1-cudnn8-devel-ubuntu22.04\n';
const APP =
  'RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip && rm -rf /var/lib/apt/lists/*\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip3 install --no-cache-dir -r requirements.txt\nCOPY main.py .\nCMD ["python3", "main.py"]\n';
const FILES = { 'requirements.txt': 'torch==2.1.0\nfastapi\n', 'main.py': 'import torch\n' };

describe('cuda-runtime', () => {
  it('leaves the compiler of CUDA out where everything is prebuilt', () => {
    expect(planFor(CUDA + APP, FILES).after).toContain('FROM nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04\n');
    expect(planFor(`FROM pytorch/pytorch:2.1.0-cuda12.1-cudnn8-devel\n${APP}`, FILES).after).toContain(
      'FROM pytorch/pytorch:2.1.0-cuda12.1-cudnn8-runtime\n',
    );
  });

  it.each([
    [APP, { ...FILES, 'requirements.txt': 'torch\nflash-attn\n' }, 'flash-attn may compile CUDA code'],
    [APP, { ...FILES, 'main.py': 'model = torch.compile(model)\n' }, 'main.py may compile CUDA code at run time'],
    [APP.replace('COPY main.py .', 'COPY main.py .\nRUN nvcc -o a a.cu'), FILES, '`nvcc` may compile CUDA code'],
    [APP.replace(/CMD.*\n/, ''), FILES, 'the image starts nothing'],
  ])('says why it stays: %#', (app, files, why) => {
    const plan = planFor(CUDA + app, files);
    expect(plan.after).toContain('-devel-');
    expect(guardOf(plan, 'cuda-runtime')).toContain(why);
  });
});
