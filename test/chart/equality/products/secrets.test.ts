// Secrets that Helm generates, that a Job makes, or that are given. Each combination is compared, or a sample of them.
import { SECRETS } from '../products';
import { describeProduct } from '../proofs';

describeProduct(SECRETS);
