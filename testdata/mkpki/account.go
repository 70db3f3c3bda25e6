package main

// accountDir is the folder of the certificates in the demo account of package fakecloud. It
// is outside of testdata, because the package embeds them.
const accountDir = "../../model/fakecloud/demo/"

// makeAccount makes the certificates of the demo account: leaves with the CA certificates
// that a server sends, from a hierarchy of their own. Their keys are discarded, because no
// answer needs them. So a run that makes only these files leaves a consistent tree.
func (g *generator) makeAccount() error {
	kt := keyType{name: "demo", serial: 1801, generate: ecKey("P-256")}
	h, err := g.newHierarchy(kt)
	if err != nil {
		return err
	}
	for _, c := range []struct {
		name   string
		serial int64
		names  []string
	}{
		{"default", 1811, []string{"example.com", "*.example.com"}},
		{"first", 1812, []string{"www.example.com"}},
		{"second", 1813, []string{"shop.example.com", "www.shop.example.com"}},
	} {
		file := accountDir + c.name + ".pem"
		leaf, _, err := g.newLeaf(h, kt.generate, c.serial, file, c.names...)
		if err != nil {
			return err
		}
		if err := g.addCerts(file, h.chain(leaf)...); err != nil {
			return err
		}
	}
	return nil
}
