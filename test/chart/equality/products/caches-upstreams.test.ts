// Combinations of what one cache fetches from, and how. Each is compared, or a sample of them.
import { UPSTREAMS_OF_CACHES } from '../caches';
import { describeProduct } from '../proofs';

describeProduct(UPSTREAMS_OF_CACHES, 100);
