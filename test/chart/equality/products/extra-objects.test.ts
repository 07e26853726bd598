// Objects that people add, of the names of the release's own. Each combination is compared, or a sample of them.
import { EXTRA_OBJECTS } from '../extra-objects';
import { describeProduct } from '../proofs';

describeProduct(EXTRA_OBJECTS);
