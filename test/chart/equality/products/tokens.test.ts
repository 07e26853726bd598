// Logins by tokens, versions, routes, UIs and certificates. Each combination is compared, or a sample of them.
import { TOKENS } from '../products';
import { describeProduct } from '../proofs';

describeProduct(TOKENS);
