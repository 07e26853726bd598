regsync once -v warn -c "$DOCKER_CONFIG/regsync.json" &
trap 'kill $!' TERM
wait $! || {
  : >"$DOCKER_CONFIG/not-all"
  echo 'Not all was copied. The comparison says what is missing.'
}
