// Caches beside the registry, and what follows from them elsewhere. Each combination is compared, or a sample.
import { CACHED } from '../cache-products';
import { describeProduct } from '../proofs';

// Each has the objects of caches, too.
describeProduct(CACHED, 80);
