import { describeContract } from './contract.js';
import { OURS } from './implementations.js';

describeContract(OURS);
