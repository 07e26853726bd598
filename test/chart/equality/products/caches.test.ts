// Combinations of one cache. Each is compared, or a sample of them.
import { CACHES } from '../caches';
import { describeProduct } from '../proofs';

describeProduct(CACHES, 100);
