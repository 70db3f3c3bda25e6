#!/bin/bash -eu
# Builds the same targets as OSS-Fuzz.
exec bash "$SRC/alicert/fuzz/ossfuzz/build.sh"
