// Certificates, Services, hosts and users. Each combination is compared, or a sample of them.
import { TLS } from '../products';
import { describeProduct } from '../proofs';

describeProduct(TLS);
