import { describeContract } from './contract.js';
import { PYTHON_FLASK } from './implementations.js';

describeContract(PYTHON_FLASK);
