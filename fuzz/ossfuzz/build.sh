#!/bin/bash -eu
# Builds the targets of package fuzz for OSS-Fuzz and ClusterFuzzLite, which set
# OUT, CXX, CXXFLAGS and LIB_FUZZING_ENGINE.
cd "$SRC/alicert"
go run ./fuzz/cmd/libfuzzer -out "$OUT"
