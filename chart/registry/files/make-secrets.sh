#!/bin/sh
# Makes the generated Secrets of a release that are missing, and renews its certificate. The Job of
# `secrets.source: job` runs it, with a POSIX shell, curl, openssl and perl.
#
# /objects has a manifest for each Secret (and for the CA's ConfigMap), with words between @ in the place of
# texts. What exists is read first. A password, a CA and an HTTP secret are created only; an htpasswd entry
# and a certificate are replaced when they no longer fit. No text of a Secret is printed, and none is an
# argument of a program.
#
# NAME                the prefix of all names
# RELEASE             the release, by whose labels Secrets of others are told
# CERTIFICATE_READERS Deployments that read the certificate or the CA only at their start
# HTTP_SECRET_READERS those that read the HTTP secret
set -eu
umask 077

ACCOUNT=/var/run/secrets/kubernetes.io/serviceaccount
OBJECTS=/objects
WORK=/tmp/work
DAYS=365
AUTHORITY_DAYS=7300

fail() {
  echo "$*" >&2
  exit 1
}

# request METHOD PATH [FILE]: sets $status; the answer is in $WORK/answer.
request() {
  type=application/json
  if [ "$1" = PATCH ]; then type=application/merge-patch+json; fi
  status=$(curl --silent --show-error --cacert "$ACCOUNT/ca.crt" --header "@$WORK/authorization" \
    --header "Content-Type: $type" --max-time 30 --retry 5 --retry-connrefused --retry-max-time 60 \
    --output "$WORK/answer" --write-out '%{http_code}' --request "$1" ${3:+--data-binary "@$3"} \
    "$server$2?pretty=false") || fail "the API server at $server can't be reached"
}

# refused WHAT: ends with what the API server says. Its messages have names, and no texts of Secrets.
refused() {
  fail "$1: $status $(sed -n 's/.*"message":"\([^"]*\)".*/\1/p' "$WORK/answer")"
}

# Paths of the kinds that a manifest may have.
path_of() {
  if [ "$1" = backend-ca ]; then plural=configmaps; else plural=secrets; fi
  object="$plural/$NAME-$1"
  collection="/api/v1/namespaces/$namespace/$plural"
}

# exists SUFFIX: reads an object. Objects of others are left alone.
exists() {
  path_of "$1"
  request GET "$collection/$NAME-$1"
  case $status in
    200) ;;
    404) return 1 ;;
    *) refused "$object can't be read" ;;
  esac
  if ! grep -qF "\"app.kubernetes.io/instance\":\"$RELEASE\"" "$WORK/answer" ||
    ! grep -qF '"app.kubernetes.io/managed-by":"Helm"' "$WORK/answer"; then
    fail "$object exists and is not of the release $RELEASE; delete it, or choose another fullnameOverride"
  fi
}

# text KEY: a text of the Secret that was read.
text() {
  sed -n "s|.*\"data\":{[^}]*\"$1\":\"\([^\"]*\)\".*|\1|p" "$WORK/answer" | openssl base64 -d -A
}

# annotation KEY FILE
annotation() {
  sed -n "s|.*\"cdk8s-registry.io/$1\":\"\([^\"]*\)\".*|\1|p" "$2"
}

# required SUFFIX KEY: a text that must not be empty.
required() {
  text "$2" > "$WORK/$2"
  if ! [ -s "$WORK/$2" ]; then fail "secrets/$NAME-$1 has no $2; delete it, and it is made anew"; fi
}

# fill WORD TEXT: what stands in the place of @WORD@ in the next manifest: of the last one that is a whole text
# or follows a user's name, which is the one below stringData. Annotations of people may have such words, too.
fill() {
  printf 's|\\(.*[:"]\\)@%s@|\\1%s|\n' "$1" "$2" >> "$WORK/fill"
}

# fill_annotation KEY WORD TEXT: the same in an annotation of ours.
fill_annotation() {
  printf 's|\\("cdk8s-registry.io/%s":"\\)@%s@|\\1%s|\n' "$1" "$2" "$3" >> "$WORK/fill"
}

# fill_file WORD FILE: the same with the lines of a file.
fill_file() {
  fill "$1" "$(lines "$2")"
}

# lines FILE: as they are in JSON, for sed.
lines() {
  sed 's/$/\\\\n/' "$1" | tr -d '\n'
}

# filled SUFFIX: the manifest with its texts, in $WORK/manifest.
filled() {
  sed -f "$WORK/fill" "$OBJECTS/$1.json" > "$WORK/manifest"
  : > "$WORK/fill"
}

# create SUFFIX: sets $raced if another run was faster.
create() {
  filled "$1"
  path_of "$1"
  request POST "$collection" "$WORK/manifest"
  case $status in
    201) echo "$object is created" ;;
    409) raced=yes ;;
    *) refused "$object can't be created" ;;
  esac
}

# replace SUFFIX: changes what the manifest has.
replace() {
  filled "$1"
  path_of "$1"
  request PATCH "$collection/$NAME-$1" "$WORK/manifest"
  if [ "$status" != 200 ]; then refused "$object can't be changed"; fi
  echo "$object is changed"
}

# random LENGTH: letters and digits.
random() {
  LC_ALL=C tr -dc 'A-Za-z0-9' < /dev/urandom | head -c "$1"
}

# restart DEPLOYMENT...: those that run already.
restart() {
  if [ "$raced" = yes ]; then return 0; fi
  printf '{"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"%s"}}}}}' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > "$WORK/restart"
  for deployment in "$@"; do
    request PATCH "/apis/apps/v1/namespaces/$namespace/deployments/$deployment" "$WORK/restart"
    case $status in
      200) echo "deployments/$deployment is restarted" ;;
      404) ;;
      *) refused "deployments/$deployment can't be restarted" ;;
    esac
  done
}

# Each `make` below looks first. If another run was faster, it is asked again.

make_http() {
  if exists http; then
    required http secret
    return 0
  fi
  fill http-secret "$(random 43)"
  create http
  # shellcheck disable=SC2086 # a list of names
  restart ${HTTP_SECRET_READERS:-}
}

# The password of the Valkey, which the registry reads, too.
make_descriptor_cache() {
  if exists descriptor-cache; then
    required descriptor-cache password
    return 0
  fi
  fill cache-password "$(random 43)"
  create descriptor-cache
  # shellcheck disable=SC2086 # a list of names
  restart "$NAME-descriptor-cache" ${HTTP_SECRET_READERS:-}
}

make_login() {
  username=$(sed -n 's|.*"username":"\([^"]*\)".*|\1|p' "$OBJECTS/login.json")
  if exists login; then
    required login password
    password=$(cat "$WORK/password")
    if [ "$(text username)" != "$username" ]; then
      fill_password
      replace login
    fi
    return 0
  fi
  password=$(random 24)
  fill_password
  create login
}

# The password as it is in JSON. People may write one of their own into the Secret.
fill_password() {
  fill password "$(printf '%s' "$password" | sed 's/[\\"]/\\&/g; s/[\\&|]/\\&/g')"
}

make_auth() { make_users auth; }
make_ui_auth() { make_users ui-auth; }

# The htpasswd file of the one user. An entry is kept as long as it is for this user and this password.
make_users() {
  key=htpasswd
  if grep -q '"auth":"[^"]*:@hash@' "$OBJECTS/$1.json"; then key=auth; fi
  write=create
  if exists "$1"; then
    entry=$(text "$key")
    case $entry in
      "$username:"*) if printf '%s\n%s\n' "$password" "${entry#*:}" | matches; then return 0; fi ;;
    esac
    write=replace
  fi
  hashed=$(printf '%s\n' "$password" | hash)
  fill hash "$hashed"
  fill_annotation password password-digest "$(digest)"
  $write "$1"
}

# At bcrypt's lowest cost: 142 random bits need no slow hash, and the registry checks it at each request.
hash() {
  perl -e '
    chomp(my $password = <STDIN>);
    open(my $random, "<", "/dev/urandom") or die "no random numbers";
    read($random, my $bytes, 22) == 22 or die "no random numbers";
    my @letters = (".", "/", "A".."Z", "a".."z", 0..9);
    my $hash = crypt($password, "\$2b\$04\$" . join("", map { $letters[$_ % 64] } unpack("C*", $bytes)));
    defined($hash) && length($hash) == 60 or die "the image has no bcrypt";
    print $hash;'
}

# Is the second line the hash of the first?
matches() {
  perl -e 'chomp(my ($password, $hash) = <STDIN>); exit((crypt($password, $hash) // "") eq $hash ? 0 : 1)'
}

# By this an upgrade with `secrets.source: lookup` knows that the entry is for the password. A password that a
# person has chosen is in no fast digest; then the entry is made anew once.
digest() {
  if printf '%s' "$password" | grep -qE '^[A-Za-z0-9]{24}$'; then
    printf '%s' "$password" | openssl dgst -sha256 -r | cut -d ' ' -f 1
  fi
}

make_ca() {
  if exists ca; then
    required ca ca.crt
    required ca ca.key
    return 0
  fi
  openssl ecparam -name prime256v1 -genkey -noout -out "$WORK/ca.key"
  cat > "$WORK/ca.conf" <<END
[req]
prompt = no
distinguished_name = name
[name]
CN = $NAME CA
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
END
  openssl req -new -x509 -key "$WORK/ca.key" -config "$WORK/ca.conf" -extensions ca -sha256 \
    -days "$AUTHORITY_DAYS" -set_serial "0x01$(openssl rand -hex 15)" -out "$WORK/ca.crt"
  fill_file ca.crt "$WORK/ca.crt"
  fill_file ca.key "$WORK/ca.key"
  create ca
}

# The certificate is kept while it is from the same CA, for the same names, and in the first two thirds of its
# days.
make_tls() {
  names=$(annotation names "$OBJECTS/tls.json")
  write=create
  if exists tls; then
    made_for=$(annotation names "$WORK/answer")
    renew_after=$(annotation renew-after "$WORK/answer")
    if [ "$made_for" = "$names" ] && [ "$(text ca.crt)" = "$(cat "$WORK/ca.crt")" ] &&
      [ "${renew_after:-0}" -gt "$(date +%s)" ]; then
      return 0
    fi
    write=replace
  fi
  issue "$names"
  fill_file ca.crt "$WORK/ca.crt"
  fill_file tls.crt "$WORK/tls.crt"
  fill_file tls.key "$WORK/tls.key"
  # 57600 seconds are two thirds of a day.
  fill_annotation renew-after renew-after "$(($(date +%s) + DAYS * 57600))"
  $write tls
  # shellcheck disable=SC2086 # a list of names
  restart ${CERTIFICATE_READERS:-}
}

# issue NAMES: a certificate for them, separated by commas, under the CA.
issue() {
  cat > "$WORK/tls.conf" <<END
[req]
prompt = no
distinguished_name = name
[name]
CN = registry
[tls]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = @names
[names]
END
  printf '%s\n' "$1" | tr ',' '\n' | while read -r one; do
    kind=DNS
    if printf '%s' "$one" | grep -qE '^[0-9]+(\.[0-9]+){3}$|:'; then kind=IP; fi
    number=$((${number:-0} + 1))
    echo "$kind.$number = $one"
  done >> "$WORK/tls.conf"
  openssl ecparam -name prime256v1 -genkey -noout -out "$WORK/tls.key"
  openssl req -new -key "$WORK/tls.key" -config "$WORK/tls.conf" -out "$WORK/tls.csr"
  openssl x509 -req -in "$WORK/tls.csr" -CA "$WORK/ca.crt" -CAkey "$WORK/ca.key" -sha256 \
    -days "$DAYS" -set_serial "0x01$(openssl rand -hex 15)" -extfile "$WORK/tls.conf" -extensions tls \
    -out "$WORK/tls.crt" 2> "$WORK/said" || fail "$(cat "$WORK/said")"
}

# Gateways read the CA from it. Without the annotation Helm would delete what an upgrade no longer writes.
make_backend_ca() {
  write=create
  if exists backend-ca; then
    if grep -qF "\"ca.crt\":\"$(sed 's/$/\\n/' "$WORK/ca.crt" | tr -d '\n')\"" "$WORK/answer" &&
      grep -qF '"helm.sh/resource-policy":"keep"' "$WORK/answer"; then
      return 0
    fi
    write=replace
  fi
  # In a ConfigMap the data comes first, before what people write into annotations.
  printf 's|@ca.crt@|%s|\n' "$(lines "$WORK/ca.crt")" >> "$WORK/fill"
  $write backend-ca
}

rm -rf "$WORK"
mkdir -p "$WORK"
: > "$WORK/fill"
namespace=$(cat "$ACCOUNT/namespace")
printf 'Authorization: Bearer %s\n' "$(cat "$ACCOUNT/token")" > "$WORK/authorization"
case $KUBERNETES_SERVICE_HOST in
  *:*) server="https://[$KUBERNETES_SERVICE_HOST]:$KUBERNETES_SERVICE_PORT" ;;
  *) server="https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT" ;;
esac

# The password before the entries that are made of it, the CA before the certificate.
for part in http descriptor_cache login auth ui_auth ca tls backend_ca; do
  if ! [ -e "$OBJECTS/$(echo "$part" | tr _ -).json" ]; then continue; fi
  for try in 1 2 3 4 5; do
    raced=no
    "make_$part"
    if [ "$raced" = no ]; then break; fi
    if [ "$try" = 5 ]; then fail "$object is created and deleted by others"; fi
    sleep 1
  done
done
echo 'all Secrets of the release are there'
