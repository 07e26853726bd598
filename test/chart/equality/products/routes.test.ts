// Route kinds, controllers, login, UI and certificate. Each combination is compared, or a sample of them.
import { ROUTES_AND_UI } from '../products';
import { describeProduct } from '../proofs';

describeProduct(ROUTES_AND_UI);
