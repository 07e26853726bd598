// Combinations of how caches run. Each is compared, or a sample of them.
import { CACHES_AS_PODS } from '../caches';
import { describeProduct } from '../proofs';

describeProduct(CACHES_AS_PODS, 100);
