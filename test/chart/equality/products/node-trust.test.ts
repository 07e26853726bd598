// Nodes that trust the registry, users, certificates and routes. Each combination is compared, or a sample of them.
import { NODE_TRUST } from '../products';
import { describeProduct } from '../proofs';

describeProduct(NODE_TRUST);
