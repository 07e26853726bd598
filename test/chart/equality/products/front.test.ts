// nginx before the registry, access rules, users, certificates and UIs. Each combination is compared, or a sample.
import { FRONT } from '../products';
import { describeProduct } from '../proofs';

describeProduct(FRONT);
