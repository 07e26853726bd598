#!/bin/sh
# The start script's contract: which variables it writes into which files, and how values with `~`, `&`, `\` or `,` break that.
# It runs in the page's folder.

# Puts a value in the place of ${NAME} in the page.
fill() {
  sed -i "s~\${$1}~$2~" index.html
}

for name in DOCKER_REGISTRY_UI_TITLE REGISTRY_URL REGISTRY_TITLE PULL_URL SINGLE_REGISTRY CATALOG_ELEMENTS_LIMIT SHOW_CONTENT_DIGEST \
  SHOW_TAG_HISTORY DEFAULT_REGISTRIES READ_ONLY_REGISTRIES SHOW_CATALOG_NB_TAGS HISTORY_CUSTOM_LABELS USE_CONTROL_CACHE_HEADER \
  TAGLIST_ORDER CATALOG_DEFAULT_EXPANDED CATALOG_MIN_BRANCHES CATALOG_MAX_BRANCHES TAGLIST_PAGE_SIZE REGISTRY_SECURED \
  ENABLE_VERSION_NOTIFICATION THEME $(grep -o 'THEME_[A-Z_]*' index.html); do
  eval "fill $name \"\$$name\""
done
case "${DELETE_IMAGES:-false}" in
  false) fill DELETE_IMAGES false ;;
  *) fill DELETE_IMAGES true ;;
esac

# NGINX_PROXY_HEADER_X_Y=z becomes the header X-Y: z of requests to the registry, NGINX_PROXY_PASS_HEADER_X_Y lets the answer's X-Y through.
headers() {
  env | grep '^NGINX_PROXY_HEADER_' | while IFS='=' read -r name value; do
    printf 'proxy_set_header %s "%s"; ' "$(echo "${name#NGINX_PROXY_HEADER_}" | tr _ -)" "$value"
  done
  env | grep '^NGINX_PROXY_PASS_HEADER_' | while IFS='=' read -r name _; do
    printf 'proxy_pass_header "%s"; ' "$(echo "${name#NGINX_PROXY_PASS_HEADER_}" | tr _ -)"
  done
}

if [ -n "$NGINX_PROXY_PASS_URL" ]; then
  target="proxy_pass $NGINX_PROXY_PASS_URL;"
  # nginx asks a resolver again and again only for names in variables.
  [ -z "$NGINX_RESOLVER" ] || target="resolver $NGINX_RESOLVER; set \$registry \"$NGINX_PROXY_PASS_URL\"; proxy_pass \$registry;"
  sed -e "s,@TARGET@,$target," -e "s^@HEADERS@^$(headers)^" /etc/nginx/registry.template >/etc/nginx/registry.location
fi

if [ "$(whoami)" != root ]; then
  [ "$NGINX_LISTEN_PORT" != 80 ] || NGINX_LISTEN_PORT=8080
  sed -i -e '/^user /d' -e '/^pid /s|/run/|/tmp/|' /etc/nginx/nginx.conf
fi
sed -i "/^ *listen /s/80/$NGINX_LISTEN_PORT/" /etc/nginx/conf.d/default.conf
