// Combinations of alerts. Each is compared, or a sample of them.
import { ALERTED } from '../monitoring';
import { describeProduct } from '../proofs';

describeProduct(ALERTED, 100);
