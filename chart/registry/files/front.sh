#!/bin/sh
# Not every node has IPv6.
echo "listen 5000@ssl@;" > /run/front/listen.conf
if [ -f /proc/net/if_inet6 ]; then echo "listen [::]:5000@ssl@;" >> /run/front/listen.conf; fi
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
while kill -0 "$nginx" 2>/dev/null; do
  wait "$nginx"
  status=$?
done
exit "$status"
