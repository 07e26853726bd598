// Whether the registry's access rules let users of the UI do what it shows.
import { Check } from '../core/check';
import { AccessPermission } from '../front/access';
import { RegistryFront } from '../front/front';

/** Reports what nobody may do of what the UI does. */
export function checkFront(check: Check, front: RegistryFront, deletes: boolean): void {
  if (!front._ruled) return;
  if (!front._somebodyMayDo(AccessPermission.CATALOG))
    check.ofRegistry.report('ui-without-catalog-rule', 'ui');
  if (deletes && !front._somebodyMayDo(AccessPermission.REMOVE))
    check.report('ui-deletes-without-rule', 'deleteImages', { value: true });
}
