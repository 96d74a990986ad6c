package data

import (
	"reflect"
	"testing"
)

// notTaken are the fields of a batch that are not columns, or that no tally may
// carry: notes may name victims.
var notTaken = map[string]bool{"File": true, "First": true, "N": true, "Dicts": true, "Notes": true, "URL": true}

// full returns a batch of three records in which every column is there and every
// value is its own.
func full(t *testing.T) *Batch {
	b := &Batch{N: 3, Dicts: NewDicts()}
	n := int64(1)
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Array:
			for i := range v.Len() {
				fill(v.Index(i))
			}
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 3, 3))
			for i := range 3 {
				fill(v.Index(i))
			}
		case reflect.Struct:
			if v.Type() == reflect.TypeFor[Texts]() {
				var x Texts
				for _, s := range []string{"a", "bb", "ccc"} {
					x.Append([]byte(s))
				}
				v.Set(reflect.ValueOf(x))
				return
			}
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case reflect.Int32, reflect.Int64:
			v.SetInt(n % 100)
			n++
		case reflect.Uint8, reflect.Uint32:
			v.SetUint(uint64(n % 100))
			n++
		default:
			t.Fatalf("a column of %s: say here how it is filled", v.Type())
		}
	}
	v := reflect.ValueOf(b).Elem()
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; !notTaken[name] || name == "Notes" || name == "URL" {
			fill(v.Field(i))
		}
	}
	return b
}

// Whatever column a batch has, Take takes it: a column that is new and forgotten
// there shows here.
func TestTakeTakesEveryColumn(t *testing.T) {
	b := full(t)
	got := NewBatch(b.Columns(), b.Dicts)
	got.Take(b, 0, 1)
	got.Take(b, 1, 3)
	g, w := reflect.ValueOf(*got), reflect.ValueOf(*b)
	for i := range g.NumField() {
		name := g.Type().Field(i).Name
		switch {
		case notTaken[name] && name != "N" && name != "Dicts":
			if !g.Field(i).IsZero() {
				t.Errorf("%s is taken: %v", name, g.Field(i))
			}
		case !reflect.DeepEqual(g.Field(i).Interface(), w.Field(i).Interface()):
			t.Errorf("%s: %v, want %v", name, g.Field(i), w.Field(i))
		}
	}
	one := NewBatch(b.Columns(), b.Dicts)
	one.Take(b, 1, 2)
	if one.N != 1 || one.ID.At(0) != "bb" || one.Killed[0] != b.Killed[1] || one.Line[0] != b.Line[1] {
		t.Errorf("the second record alone: %+v", one)
	}
}

// Every column that may be lacking has a bit of its own, and NewBatch reads it.
func TestColumnsAreToldApart(t *testing.T) {
	if all := full(t).Columns(); all != 1<<NumOptional-1 {
		t.Fatalf("a full batch has the columns %b", all)
	}
	for n := range NumOptional {
		b := NewBatch(1<<n, NewDicts())
		if b.Columns() != 1<<n {
			t.Errorf("column %d comes back as %b", n, b.Columns())
		}
	}
	if b := NewBatch(0, NewDicts()); b.Columns() != 0 || b.Killed != nil {
		t.Error("a batch without columns has some")
	}
}
