import rule from '../../../server/src/rules/correctness/no-gpu-misuse';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM nvidia/cuda:12.6.0-runtime-ubuntu22.04\nRUN pip install --index-url https://download.pytorch.org/whl/cu121 torch==2.5.0+cu124\n',
    'FROM a\nRUN pip install --index-url https://download.pytorch.org/whl/cu118 torch\n',
    'FROM a\nENV NVIDIA_VISIBLE_DEVICES=all CUDA_VISIBLE_DEVICES=-1 NVIDIA_DRIVER_CAPABILITIES=compute,utility\n',
    'FROM a\nARG G=0\nENV NVIDIA_VISIBLE_DEVICES=$G\n',
    'FROM a\nRUN --device=nvidia.com/gpu=all nvidia-smi\n',
    'FROM a\nRUN if b; then nvidia-smi; fi\n',
    'FROM a\nCMD nvidia-smi\n',
    'FROM nvidia/cuda:12-runtime\nRUN apt-get install cuda-toolkit-12-4\n',
    'FROM a\nRUN apt-get install b\n',
  ],
  invalid: [
    {
      name: 'GPUs and capabilities of one host',
      code: 'FROM a\nENV NVIDIA_VISIBLE_DEVICES=0,1 NVIDIA_DRIVER_CAPABILITIES=all\nENV CUDA_VISIBLE_DEVICES=GPU-1a\n',
      findings: [
        { messageId: 'device', at: 'NVIDIA_VISIBLE_DEVICES=0,1' },
        { messageId: 'capabilities', at: 'NVIDIA_DRIVER_CAPABILITIES=all' },
        { messageId: 'device', at: 'CUDA_VISIBLE_DEVICES=GPU-1a' },
      ],
      output:
        'FROM a\nENV NVIDIA_VISIBLE_DEVICES=0,1 NVIDIA_DRIVER_CAPABILITIES=compute,utility\nENV CUDA_VISIBLE_DEVICES=GPU-1a\n',
    },
    {
      name: 'another CUDA than that of the base image',
      code: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN pip3 install --index-url https://download.pytorch.org/whl/cu118 torch\nRUN uv pip install --torch-backend cu126 torch\nRUN conda install -y pytorch pytorch-cuda=11.8\n',
      findings: [
        { messageId: 'version', at: 'https://download.pytorch.org/whl/cu118' },
        { messageId: 'version', at: 'cu126' },
        { messageId: 'version', at: 'pytorch-cuda=11.8' },
      ],
    },
    { code: 'FROM a\nRUN nvidia-smi\n', findings: [{ messageId: 'query', at: 'nvidia-smi' }] },
    {
      code: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN apt-get install -y cuda-toolkit-12-4 nvidia-container-toolkit\n',
      findings: [
        { messageId: 'toolkit', at: 'cuda-toolkit-12-4' },
        { messageId: 'driver', at: 'nvidia-container-toolkit' },
      ],
    },
  ],
});
