#!/bin/sh
# Not every node has IPv6.
echo "listen 5000@ssl@;" > /run/front/listen.conf
if [ -f /proc/net/if_inet6 ]; then echo "listen [::]:5000@ssl@;" >> /run/front/listen.conf; fi
version() { readlink /etc/front/..data; }
# Reloads nginx when the ConfigMap has changed: the kubelet then points ..data to another folder.
watch() {
  before=$(version)
  while sleep 5; do
    now=$(version)
    if [ "$now" != "$before" ]; then
      before=$now
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
