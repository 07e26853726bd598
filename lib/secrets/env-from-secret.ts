// Passes strings from user Secrets unchanged through variables that the registry parses as YAML.
import { k8s } from 'cdk8s-plus-27';

/**
 * A registry variable from a Secret. As YAML, `@x` would end the process and `#x` would be empty; so
 * Kubernetes expands the string inside a YAML block scalar, which takes every character of a line literally.
 * A trailing line break does not count.
 */
export function textFromSecret(variable: string, name: string, key: string): k8s.EnvVar[] {
  const raw = `TEXT_OF_${variable}`;
  return [
    { name: raw, valueFrom: { secretKeyRef: { name, key } } },
    { name: variable, value: `|2-\n  $(${raw})` },
  ];
}

/**
 * User variables: strings from Secrets, such as REGISTRY_REDIS_PASSWORD, are passed unchanged. Lists and maps
 * remain YAML.
 */
export function textsAsTheyAre(variables: readonly k8s.EnvVar[]): k8s.EnvVar[] {
  return variables.flatMap((variable) => {
    const ref = variable.valueFrom?.secretKeyRef;
    if (!ref?.name || !ref.key || ref.optional === true || !TEXT.test(variable.name)) return [variable];
    return textFromSecret(variable.name, ref.name, ref.key);
  });
}

/** Name pattern of config.yml keys with confidential strings. */
const TEXT = /^REGISTRY_.*(USERNAME|PASSWORD|SECRET|KEY)$/;
