// Where blob descriptors are cached, with all that reads, reaches or empties it. Each combination is compared, or a sample of them.
import { DESCRIPTOR_CACHE } from '../products';
import { describeProduct } from '../proofs';

describeProduct(DESCRIPTOR_CACHE);
