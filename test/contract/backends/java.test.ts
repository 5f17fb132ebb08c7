import { describeContract } from '../contract.js';
import { JAVA } from '../implementations.js';

describeContract(JAVA);
