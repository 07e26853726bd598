#!/bin/sh
# Without them caches would answer with 503, or a collection would never be noticed, and nothing would say why.
needs='nginx cat readlink sleep'
@if caches@ needs="$needs getent timeout"
@if collection@ needs="$needs date mv rm"
missing=''
for program in $needs; do command -v "$program" > /dev/null || missing="$missing $program"; done
if [ -n "$missing" ]; then
  echo "the front's image has no$missing; use an image with all of: $needs" >&2
  exit 1
fi
# Not every node has IPv6.
echo "listen 5000@ssl@;" > /run/front/listen.conf
if [ -f /proc/net/if_inet6 ]; then echo "listen [::]:5000@ssl@;" >> /run/front/listen.conf; fi
@if collection@ echo "listen 5004;" > /run/front/listen-collection.conf
@if collection@ if [ -f /proc/net/if_inet6 ]; then echo "listen [::]:5004;" >> /run/front/listen-collection.conf; fi
@if collection@ said='' deadline=0
@if collection@ # Read-only for a collection, until a time: one that was killed does not leave it so.
@if collection@ switched() {
@if collection@   read -r up rest < /proc/uptime
@if collection@   up=${up%%.*}
@if collection@   told=$(cat /etc/front-switches/collecting 2>/dev/null)
@if collection@   if [ "$told" != "$said" ]; then
@if collection@     said=$told
@if collection@     until=${said##* }
@if collection@     case $until in '' | *[!0-9]*) until=0 ;; esac
@if collection@     deadline=$((up + until - $(date +%s)))
@if collection@   fi
@if collection@   left=$((deadline - up))
@if collection@   if [ "$left" -gt 0 ]; then
@if collection@     : > /run/front/collecting
@if collection@     echo "${said%% *} $left" > /run/front/collection.new
@if collection@     mv /run/front/collection.new /run/front/collection
@if collection@   else
@if collection@     rm -f /run/front/collection /run/front/collecting
@if collection@   fi
@if collection@ }
@if collection@ switched
@if caches@ # Prints the servers of each cache, by the address that its Service has now, or had when it was last found.
@if caches@ addresses() {
@if caches@   while read -r name host port; do
@if caches@     found=$(timeout 3 getent ahosts "$host" | { read -r first rest; echo "$first"; })
@if caches@     if [ -n "$found" ]; then echo "$found" > "/run/front/address_$name"; fi
@if caches@     address=$(cat "/run/front/address_$name" 2>/dev/null)
@if caches@     case $address in
@if caches@       '') server=127.0.0.1:9 ;;
@if caches@       *:*) server=[$address]:$port ;;
@if caches@       *) server=$address:$port ;;
@if caches@     esac
@if caches@     echo "upstream $name { server $server; keepalive 16; }"
@if caches@   done < /etc/front/caches
@if caches@ }
@if caches@ addresses > /run/front/caches.conf
@if caches@ version() { readlink /etc/front/..data; addresses; }
@if no-caches@ version() { readlink /etc/front/..data; }
# Reloads nginx when the ConfigMap has changed: the kubelet then points ..data to another folder.
watch() {
  before=$(version)
  while sleep 5; do
@if collection@     switched
    now=$(version)
    if [ "$now" != "$before" ]; then
      before=$now
@if caches@       addresses > /run/front/caches.conf
      kill -HUP "$nginx"
    fi
  done
}
nginx -c /etc/front/nginx.conf -e stderr &
nginx=$!
# QUIT lets requests end that are under way.
trap 'kill -QUIT "$nginx" 2>/dev/null' TERM QUIT INT
watch &
# The container ends as soon as nginx does. A signal ends wait alone.
status=1
while kill -0 "$nginx" 2>/dev/null; do
  wait "$nginx"
  status=$?
done
exit "$status"
