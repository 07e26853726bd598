// Where images come from. Each combination is compared, or a sample of them.
import { IMAGES } from '../products';
import { describeProduct } from '../proofs';

describeProduct(IMAGES);
