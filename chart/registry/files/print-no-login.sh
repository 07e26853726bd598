#!/bin/sh
# The upstream needs no login.
echo '{"Username":"","Secret":""}'
