regsync once -v warn -c "$DOCKER_CONFIG/regsync.json" &
trap 'kill $!' TERM
wait $! || echo 'Not all was copied. The comparison says what is missing.'
