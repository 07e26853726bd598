// The command that prints the upstream's login for the registry, as JSON.

/** Where the login is. */
export interface LoginFiles {
  readonly folder: string;
  /** Names of the files. */
  readonly user: string;
  readonly password: string;
}

/** A shell script. The registry runs it again and again, so that a changed password needs no restart. */
export function loginCommand(files: LoginFiles | undefined): string {
  if (files === undefined)
    return `#!/bin/sh
# The upstream needs no login.
echo '{"Username":"","Secret":""}'
`;
  const { folder, user, password } = files;
  return `#!/bin/sh
# Prints the upstream's login, from the files of a Secret, which may change at any time.
text() {
  tab=$(printf '\\t')
  sed -e 's/\\\\/\\\\\\\\/g' -e 's/"/\\\\"/g' -e "s/$tab/\\\\\\\\t/g" "${folder}/$1" | tr -d '\\r\\n'
}
printf '{"Username":"%s","Secret":"%s"}\\n' "$(text ${user})" "$(text ${password})"
`;
}
