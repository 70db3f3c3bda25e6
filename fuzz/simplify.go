package fuzz

import (
	"iter"
	"reflect"
)

// Shrink yields simpler versions of a value: with a field set to zero, with a shorter
// text or list, or with a simpler part. It keeps unexported fields. If a type has a
// method Shrink that yields values of the type, Shrink uses that method instead.
func Shrink[T any](value T) iter.Seq[T] {
	return func(yield func(T) bool) {
		v := reflect.New(reflect.TypeFor[T]()).Elem()
		v.Set(reflect.ValueOf(&value).Elem())
		for s := range simpler(v) {
			if simple, ok := reflect.TypeAssert[T](s); ok && !yield(simple) {
				return
			}
		}
	}
}

// simpler yields values of v's type.
func simpler(v reflect.Value) iter.Seq[reflect.Value] {
	return func(yield func(reflect.Value) bool) {
		if own := v.MethodByName("Shrink"); own.IsValid() && isShrink(own.Type()) {
			for s := range own.Call(nil)[0].Seq() {
				if s.Type() == v.Type() && !yield(s) {
					return
				}
			}
			return
		}
		if v.IsZero() {
			return
		}
		switch v.Kind() {
		case reflect.Struct:
			fields(v, v.NumField(), reflect.Value.Field, yield)
		case reflect.Array:
			fields(v, v.Len(), reflect.Value.Index, yield)
		case reflect.Slice:
			simplerSlice(v, yield)
		case reflect.Interface:
			simpler(v.Elem())(yield)
		case reflect.Pointer:
			simpler(v.Elem())(func(s reflect.Value) bool {
				p := reflect.New(v.Type().Elem())
				p.Elem().Set(s)
				return yield(p.Convert(v.Type()))
			})
		case reflect.String:
			_ = yield(reflect.Zero(v.Type())) && (v.Len() < 2 || yield(v.Slice(0, v.Len()/2)))
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			half := reflect.New(v.Type()).Elem()
			half.SetInt(v.Int() / 2)
			_ = yield(reflect.Zero(v.Type())) && (half.IsZero() || yield(half))
		default:
			yield(reflect.Zero(v.Type()))
		}
	}
}

// isShrink reports whether a method takes nothing and returns an iterator.
func isShrink(method reflect.Type) bool {
	return method.NumIn() == 0 && method.NumOut() == 1 && method.Out(0).CanSeq()
}

// fields yields v with one part simpler.
func fields(v reflect.Value, n int, part func(reflect.Value, int) reflect.Value, yield func(reflect.Value) bool) {
	for i := range n {
		if !part(v, i).CanInterface() {
			continue
		}
		for s := range simpler(part(v, i)) {
			whole := reflect.New(v.Type()).Elem()
			whole.Set(v)
			part(whole, i).Set(s)
			if !yield(whole) {
				return
			}
		}
	}
}

func simplerSlice(v reflect.Value, yield func(reflect.Value) bool) {
	if !yield(reflect.Zero(v.Type())) {
		return
	}
	without := func(from, to int) reflect.Value {
		s := reflect.MakeSlice(v.Type(), 0, v.Len())
		return reflect.AppendSlice(reflect.AppendSlice(s, v.Slice(0, from)), v.Slice(to, v.Len()))
	}
	for size := v.Len() / 2; size > 0; size /= 2 {
		for from := 0; from < v.Len(); from += size {
			if !yield(without(from, min(from+size, v.Len()))) {
				return
			}
		}
	}
	for i := range v.Len() {
		for s := range simpler(v.Index(i)) {
			whole := without(0, 0)
			whole.Index(i).Set(s)
			if !yield(whole) {
				return
			}
		}
	}
}
