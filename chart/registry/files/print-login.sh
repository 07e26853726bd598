#!/bin/sh
# Prints the upstream's login, from the files of a Secret, which may change at any time.
text() {
  tab=$(printf '\t')
  sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$tab/\\\\t/g" "/etc/upstream-login/$1" | tr -d '\r\n'
}
printf '{"Username":"%s","Secret":"%s"}\n' "$(text username)" "$(text password)"
