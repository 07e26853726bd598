// Scheduled collections, storage, pods and the front. Each combination is compared, or a sample of them.
import { COLLECTED } from '../collection';
import { describeProduct } from '../proofs';

describeProduct(COLLECTED, 120);
