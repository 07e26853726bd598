// How commands for the user begin.

/** `kubectl`, in a namespace if there is one; without, in that of the user's context. */
export function kubectlIn(namespace: string | undefined): string {
  return namespace === undefined ? 'kubectl' : `kubectl -n ${namespace}`;
}
