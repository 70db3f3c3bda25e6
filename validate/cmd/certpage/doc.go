/*
Command certpage writes a page that checks certificates in a browser without sending them
anywhere. It is one HTML file that works offline: the checks of certcheck as WebAssembly,
and a policy by which the browser forbids the page to connect.

	go run github.com/alicert/alicert/validate/cmd/certpage@latest -o certpage.html

Give the file to somebody without Go, or open it on a machine that files may not leave.
Certificate, key, or the zip that a CA sent can be dropped, pasted or chosen. The page shows
the verdict, the line with the fault, the way out and the chain, and offers the repaired
files. It explains codes and lines of a log. It speaks Chinese and English.

Without -o it serves the page on this machine, and prints the address:

	-o FILE        write the page to FILE and end
	-listen ADDR   serve at ADDR, an address of this machine (default 127.0.0.1:0)
	-version       print the version and end

It builds the WebAssembly itself, so it needs the go command, and the source of this module
or access to the module proxy.

# What the page promises

Keys are in the memory of the page only. They are never put into its elements, its
address, its title or its storage; the only thing that is stored is the language. The
policy (Content-Security-Policy) is in the page and on it: no connections, no forms, and no
scripts but those in the file, by their hashes.

The JSON behind the page has the schema of certcheck -format json, and its content for
the same files; the function certpage.report returns it.

# Screenshots

With Chromium installed, this takes pictures of the page in both languages, light and dark,
on a desktop and a phone:

	ALICERT_BROWSER=required go test ./validate/cmd/certpage -run TestScreenshots -screenshots DIR
*/
package main
