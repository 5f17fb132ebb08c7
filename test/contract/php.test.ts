import { describeContract } from './contract.js';
import { PHP } from './implementations.js';

describeContract(PHP);
