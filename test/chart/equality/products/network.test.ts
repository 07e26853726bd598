// Network policies, metrics, storage, routes and UI. Each combination is compared, or a sample of them.
import { NETWORK } from '../products';
import { describeProduct } from '../proofs';

describeProduct(NETWORK);
