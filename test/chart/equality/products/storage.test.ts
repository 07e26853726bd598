// Storage, version of the registry, redirect, deletion and collection. Each combination is compared, or a sample of them.
import { STORAGE } from '../products';
import { describeProduct } from '../proofs';

describeProduct(STORAGE);
