// The verification and `helm test`: users, access rules, certificates, routes, storage. Each combination is compared, or a sample of them.
import { describeProduct } from '../proofs';
import { VERIFICATION, VERIFIED } from '../verification';

describeProduct(VERIFICATION);
describeProduct(VERIFIED);
