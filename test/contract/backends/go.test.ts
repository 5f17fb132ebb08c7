import { describeContract } from '../contract.js';
import { GO } from '../implementations.js';

describeContract(GO);
