// Copies, users, certificates, access rules and storage. Each combination is compared, or a sample of them.
import { COPIED } from '../copies';
import { describeProduct } from '../proofs';

describeProduct(COPIED, 120);
