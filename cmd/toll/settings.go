package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	"toll/output"

	"github.com/goccy/go-yaml"
)

// settings lists the options that are set, under their names in toll.yaml.
func (c config) settings() []output.Setting {
	var all []output.Setting
	for _, file := range []*string{&c.Basemap, &c.FontFallback} { // no path of the machine is recorded
		if *file != "" {
			*file = shownName(*file)
		}
	}
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		f := v.Field(i)
		if f.IsZero() {
			continue
		}
		if f.Kind() == reflect.Pointer {
			f = f.Elem()
		}
		all = append(all, output.Setting{Name: v.Type().Field(i).Tag.Get("yaml"), Value: f.Interface()})
	}
	return all
}

// recorded opens the dataset that a manifest says its briefing was made from:
// the files it names, from the working directory, and the options as they were.
// Files that have come into the dataset's folder since are read as well.
func recorded(m *output.Manifest) (*dataset, error) {
	if _, ok := m.Compared(); ok {
		return nil, fmt.Errorf("it is a comparison of two datasets: name one of them")
	}
	d := &dataset{name: m.Name, folder: m.Folder}
	if len(m.Settings) == 0 {
		return nil, fmt.Errorf("its manifest does not say by which options it was made: make it again with toll report")
	}
	if !json.Valid(m.Settings) {
		return nil, fmt.Errorf("the settings of its manifest cannot be read")
	}
	if err := yaml.UnmarshalWithOptions(m.Settings, &d.config, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("the settings of its manifest: %s", yaml.FormatError(err, false, true))
	}
	if err := d.addRecorded(m); err != nil {
		return nil, err
	}
	args, dir := []string{"-"}, ""
	if len(d.inputs) > 0 {
		args[0] = filepath.FromSlash(d.inputs[0].name)
	}
	if p := filepath.FromSlash(m.Folder); p != "" && filepath.IsLocal(p) {
		dir = p
	}
	if err := d.readAliases(args, dir); err != nil {
		return nil, err
	}
	if err := d.addBesides(args, dir); err != nil {
		return nil, err
	}
	return d, d.addConfig(m, dir)
}

// addConfig notes the file of options: the one recorded, or where none was, one
// that has come into the folder since.
func (d *dataset) addConfig(m *output.Manifest, dir string) error {
	found := false
	for name := range m.Beside {
		p := filepath.FromSlash(name)
		if ext := filepath.Ext(p); ext != ".yaml" && ext != ".yml" {
			continue
		}
		found = true
		if filepath.IsLocal(p) && exists(p) {
			if err := d.addBeside(p); err != nil {
				return err
			}
		}
	}
	if p := filepath.Join(dir, "toll.yaml"); !found && dir != "" && exists(p) {
		return d.addBeside(p)
	}
	return nil
}

func (d *dataset) addRecorded(m *output.Manifest) error {
	if m.Folder != "" {
		if p := filepath.FromSlash(m.Folder); filepath.IsLocal(p) && exists(p) {
			return d.addFolder(p)
		}
	}
	for _, in := range m.Inputs {
		p := filepath.FromSlash(in.Name)
		if !filepath.IsLocal(p) {
			return fmt.Errorf("its input %s lies elsewhere", in.Name)
		}
		info, err := os.Stat(p)
		if err != nil {
			return fmt.Errorf("its input %w (from the folder toll was started in)", plainPathError(err))
		}
		d.inputs = append(d.inputs, fileInput(p, info.Size()))
	}
	return nil
}
