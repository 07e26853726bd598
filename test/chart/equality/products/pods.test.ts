// What people add to the pod, collection, certificate and storage. Each combination is compared, or a sample of them.
import { PODS } from '../products';
import { describeProduct } from '../proofs';

describeProduct(PODS);
