package table

import "strconv"

// Grouped is a record that belongs to one of a few groups, so that the table counts the
// records of each. The group must follow from the record and its key alone.
type Grouped interface {
	Group(key string) Group
}

// Group is the number of a group.
type Group uint8

// maxGroups is the number of groups that a table can tell apart.
const maxGroups = 16

// Groups is a set of groups.
type Groups uint16

// AllGroups has every group. Records that are not [Grouped] are in group 0.
const AllGroups Groups = 1<<maxGroups - 1

// GroupsOf returns a set of groups.
func GroupsOf(groups ...Group) (set Groups) {
	for _, g := range groups {
		set |= 1 << g
	}
	return set
}

// Has reports whether a set contains a group.
func (s Groups) Has(g Group) bool { return s>>g&1 != 0 }

// Ending is a record that ends at a time, in any unit.
type Ending interface {
	End() int64
}

// Linked is a record that belongs to something, such as the record of another table. Link
// returns its id, "" for none. The link must follow from the record alone.
type Linked interface {
	Link() string
}

// entry is a record of the index of links.
type entry struct{ mark }

// Group implements [Grouped].
func (e *entry) Group(string) Group { return e.group }

// End implements [Ending].
func (e *entry) End() int64 { return e.end }

// linkPrefix begins the keys of the records that are linked to an id. None of two
// prefixes begins with the other.
func linkPrefix(id string) string { return strconv.Itoa(len(id)) + ":" + id }

func linkOf[V comparable](it *item[V]) string {
	if it == nil {
		return ""
	}
	if r, is := any(&it.value).(Linked); is {
		return r.Link()
	}
	return ""
}

// relink returns the index after a record has changed. Nil stands for no record.
func relink[V comparable](links *node[entry], was, is *item[V]) *node[entry] {
	from, to := linkOf(was), linkOf(is)
	if from == "" && to == "" || was != nil && is != nil && from == to && markOf(was) == markOf(is) {
		return links
	}
	if from != "" && from != to {
		links, _ = links.delete(linkPrefix(from) + was.key)
	}
	if to != "" {
		links, _ = links.set(&item[entry]{linkPrefix(to) + is.key, entry{markOf(is)}})
	}
	return links
}
