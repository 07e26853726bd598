// Replicas, what a drain of nodes may stop, and how pods are spread. Each combination is compared, or a sample of them.
import { REPLICAS } from '../products';
import { describeProduct } from '../proofs';

describeProduct(REPLICAS);
