// Groups of settings that touch each other: each combination is compared, or a sample of them by a number.

import { PRODUCTS } from './products';
import { describeProofs } from './proofs';
import { numberFrom } from './scope';

const MOST = numberFrom('PROVE_PRODUCTS', 250);
const SEED = numberFrom('PROVE_SEED', 1);

describeProofs('products of settings', 'helmRender3', () =>
  PRODUCTS.map((product) => ({
    name: `${product.name} (${Math.min(MOST, product.size)} of ${product.size})`,
    all: product.values(MOST, SEED),
  })),
);
