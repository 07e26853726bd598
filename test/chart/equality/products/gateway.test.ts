// The Gateway API: Gateways, certificates, UI. Each combination is compared, or a sample of them.
import { GATEWAY } from '../products';
import { describeProduct } from '../proofs';

describeProduct(GATEWAY);
