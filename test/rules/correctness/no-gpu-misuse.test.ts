import rule from '../../../server/src/rules/correctness/no-gpu-misuse';
import { testRule } from '../../helpers/ruleTester';

testRule(rule, {
  valid: [
    'FROM a\nRUN --device=nvidia.com/gpu=all nvidia-smi\n',
    'FROM a\nRUN if b; then nvidia-smi; fi\n',
    'FROM a\nCMD nvidia-smi\n',
    'FROM nvidia/cuda:12-runtime\nRUN apt-get install cuda-toolkit-12-4\n',
    'FROM a\nRUN apt-get install b\n',
  ],
  invalid: [
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
