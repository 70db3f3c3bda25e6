#!/bin/bash -eu
# Builds every native fuzz target of the module for OSS-Fuzz and ClusterFuzzLite, with
# the builder of their Go image. They set SRC and OUT. It changes the checkout that it
# runs in.
cd "$SRC/alicert"
go get github.com/AdamKorcz/go-118-fuzz-build/testing # the builder replaces package testing by it
go install golang.org/x/tools/cmd/goimports@v0.52.0

# build PACKAGE FOLDER CORPORA: the targets in a folder, each with its committed seeds.
build() {
	local target name
	cd "$2"
	# Tests and benchmarks use parts of package testing that the builder's package lacks.
	sed -i -e '/^func \(Test\|Benchmark\|Example\).*}$/d' -e '/^func \(Test\|Benchmark\|Example\)/,/^}$/d' ./*_test.go
	goimports -w ./*_test.go
	for target in $(grep -ohs '^func Fuzz[A-Za-z0-9_]*' ./*_test.go | cut -d ' ' -f 2); do
		name=${1#github.com/alicert/alicert/}
		name=$(tr / _ <<<"${name%/external}_$target")
		compile_native_go_fuzzer_v2 "$1" "$target" "$name"
		[ -e "$OUT/$name" ] || { echo "not built: $1 $target" >&2 && exit 1; } # the builder may print nothing
		if [ -d "$3/$target" ] && command -v addStdLibCorpusToFuzzer >/dev/null; then
			addStdLibCorpusToFuzzer -fuzzer_name "$name" -dir "$3/$target"
		fi
	done
}

go list -f '{{.ImportPath}} {{.Dir}} {{.Name}} {{join .XTestGoFiles " "}}' ./... >"$SRC/packages"
while read -r package folder name external; do
	cd "$folder"
	grep -qs '^func Fuzz' ./*_test.go || continue
	if [ -n "$external" ]; then # the builder adds all test files beside a target to its package
		mkdir external
		# shellcheck disable=SC2086 # names of files, without spaces
		mv $external external/
		sed -i 's/^package [a-z]*_test$/package external/' external/*.go
		[ ! -e export_test.go ] || mv export_test.go export_fuzz.go # for the moved files
		build "$package/external" "$folder/external" "$folder/testdata/fuzz"
		cd "$folder"
	fi
	if [ "$name" = main ]; then # the builder imports the package
		sed -i 's/^package main$/package command/' ./*.go
	fi
	if grep -qs '^func Fuzz' ./*_test.go; then
		build "$package" "$folder" "$folder/testdata/fuzz"
	fi
done <"$SRC/packages"
