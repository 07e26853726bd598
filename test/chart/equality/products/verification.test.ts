// The verification and `helm test`: users, access rules, certificates, routes, storage. Each combination is compared, or a sample of them.
import { VERIFICATION } from '../products';
import { describeProduct } from '../proofs';

describeProduct(VERIFICATION);
