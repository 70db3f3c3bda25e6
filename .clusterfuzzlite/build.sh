#!/bin/bash -eu
# The same as on OSS-Fuzz.
exec bash "$SRC/alicert/fuzz/ossfuzz/build.sh"
