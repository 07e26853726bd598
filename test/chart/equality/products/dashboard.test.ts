// Combinations of the dashboard. Each is compared, or a sample of them.
import { SHOWN } from '../dashboard';
import { describeProduct } from '../proofs';

describeProduct(SHOWN, 60);
