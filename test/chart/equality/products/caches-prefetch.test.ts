// Combinations of what caches fetch before it is pulled. Each is compared, or a sample of them.
import { PREFETCHED } from '../prefetch';
import { describeProduct } from '../proofs';

describeProduct(PREFETCHED, 100);
