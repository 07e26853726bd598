// Combinations of how clients reach caches. Each is compared, or a sample of them.
import { CACHES_AND_CLIENTS } from '../caches';
import { describeProduct } from '../proofs';

describeProduct(CACHES_AND_CLIENTS);
