import { describeContract } from '../contract.js';
import { PYTHON_FASTAPI } from '../implementations.js';

describeContract(PYTHON_FASTAPI);
