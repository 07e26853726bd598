// Pull secrets and addresses for tools, users, certificates and routes. Each combination is compared, or a sample
// of them.
import { CLIENTS } from '../products';
import { describeProduct } from '../proofs';

describeProduct(CLIENTS);
