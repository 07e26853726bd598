// Velero's backups, storage and pods. Each combination is compared, or a sample of them.
import { SAVED } from '../backup';
import { describeProduct } from '../proofs';

describeProduct(SAVED);
