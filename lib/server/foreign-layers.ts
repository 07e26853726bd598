// Layers that are not in the registry: the URLs that manifests may name for them.
import { Check } from '../core/check';

/** The section of config.yml. */
export function foreignLayers(check: Check, given: unknown): object {
  const urls = check.list<string>('configuration.foreignLayerUrls', given).filter((url, index) => {
    if (typeof url === 'string' && isGoExpression(url)) return true;
    check.report('not-a-go-expression', `configuration.foreignLayerUrls[${index}]`, { value: url });
    return false;
  });
  return urls.length === 0 ? {} : { validation: { manifests: { urls: { allow: urls } } } };
}

/** Go's expressions know no assertions and no references back. */
function isGoExpression(text: string): boolean {
  if (text === '' || /\(\?<?[=!]|\\[1-9]/.test(text)) return false;
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
