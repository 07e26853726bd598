// Whom pods run as, and their security contexts. Each combination is compared, or a sample of them.
import { PRIVILEGES } from '../products';
import { describeProduct } from '../proofs';

describeProduct(PRIVILEGES);
