// Snapshots on a schedule, collections beside them, storage, pods and the front. Each combination is compared, or a sample of them.
import { describeProduct } from '../proofs';
import { SNAPSHOTTED } from '../snapshots';

describeProduct(SNAPSHOTTED);
