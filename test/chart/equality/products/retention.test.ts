// Retentions, users, certificates and access rules. Each combination is compared, or a sample of them.
import { describeProduct } from '../proofs';
import { RETAINED } from '../retention';

describeProduct(RETAINED, 120);
