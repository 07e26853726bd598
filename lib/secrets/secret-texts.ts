// Texts from Secrets of others in variables that the registry reads as YAML: any text arrives as it is.
import { k8s } from 'cdk8s-plus-27';

/**
 * A variable of the registry's from a Secret. As YAML, `@x` would end the process and `#x` be nothing at all; so Kubernetes puts the text into a block of
 * YAML in which every character of a line stands for itself. A line break at the end does not count.
 */
export function textFromSecret(variable: string, name: string, key: string): k8s.EnvVar[] {
  const raw = `TEXT_OF_${variable}`;
  return [
    { name: raw, valueFrom: { secretKeyRef: { name, key } } },
    { name: variable, value: `|2-\n  $(${raw})` },
  ];
}

/** Variables that users add: texts from Secrets, such as REGISTRY_REDIS_PASSWORD, arrive as they are. Lists and maps stay YAML. */
export function textsAsTheyAre(variables: readonly k8s.EnvVar[]): k8s.EnvVar[] {
  return variables.flatMap((variable) => {
    const ref = variable.valueFrom?.secretKeyRef;
    if (!ref?.name || !ref.key || ref.optional === true || !TEXT.test(variable.name)) return [variable];
    return textFromSecret(variable.name, ref.name, ref.key);
  });
}

/** What the keys of config.yml that hold confidential texts are called. */
const TEXT = /^REGISTRY_.*(USERNAME|PASSWORD|SECRET|KEY)$/;
