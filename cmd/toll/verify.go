package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"toll/output"

	"github.com/spf13/cobra"
)

// verifyFlags are what toll verify takes.
type verifyFlags struct {
	format    string
	tolerance int
	noData    bool
}

func verifyCommand(s *streams) *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Use:   "verify [FOLDER…]",
		Short: "Make committed briefings again and compare",
		Long: `Makes each briefing again in memory, from the files and with the options its
manifest names, and compares every figure, text and pixel. Paths are taken from
the folder toll is started in; nothing is written.

Differences are classed, numbers first: number, input, text, pixels, missing,
extra. "Same numbers, other bytes" is a verdict of its own.

Exit codes: 0 all as committed, 1 drift, 2 a briefing could not be made again.`,
		Example: `  toll verify
  toll verify output/durand-line-2025
  toll verify --format github
  toll verify --no-data        # files against manifests, for a quick check`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(output.VerifyFormats, f.format) {
				return fmt.Errorf("format %q: use %s", f.format, strings.Join(output.VerifyFormats, ", "))
			}
			if f.tolerance < 0 || f.tolerance > 255 {
				return fmt.Errorf("pixel-tolerance %d: use 0 to 255", f.tolerance)
			}
			if len(args) == 0 {
				var err error
				if args, err = briefings(); err != nil {
					return err
				}
			}
			return verify(s, args, &f)
		},
	}
	c.Flags().StringVar(&f.format, "format", "text", "write `form`: "+strings.Join(output.VerifyFormats, ", "))
	c.Flags().IntVar(&f.tolerance, "pixel-tolerance", 0, "by how `much` of 255 a pixel may differ; numbers are always exact")
	c.Flags().BoolVar(&f.noData, "no-data", false, "only hold the files against their manifest, without reading the data")
	return c
}

// briefings lists the folders of output/ that hold one.
func briefings() ([]string, error) {
	found, err := filepath.Glob(filepath.Join("output", "*", output.ManifestName))
	if err != nil || len(found) == 0 {
		return nil, fmt.Errorf("there is no briefing in output/: name the folder of one")
	}
	for i, f := range found {
		found[i] = filepath.Dir(f)
	}
	return found, nil
}

// verify compares briefings and tells what came of it.
func verify(s *streams, dirs []string, f *verifyFlags) error {
	var all []*output.Verification
	drift, trouble := false, 0
	for _, dir := range dirs {
		v := verifyOne(dir, f)
		all = append(all, v)
		drift = drift || len(v.Drifts) > 0
		if v.Trouble != nil {
			trouble++
		}
	}
	if err := output.WriteVerifications(s.out, f.format, all); err != nil {
		return err
	}
	switch {
	case trouble == 1:
		return fmt.Errorf("a briefing could not be made again")
	case trouble > 1:
		return fmt.Errorf("%d briefings could not be made again", trouble)
	case drift:
		return errFindings
	}
	return nil
}

// verifyOne makes one briefing again. Where that cannot be done, its files are
// still held against their manifest.
func verifyOne(dir string, f *verifyFlags) *output.Verification {
	k, err := output.ReadKept(dir)
	if err != nil {
		return &output.Verification{Dir: filepath.ToSlash(dir), Trouble: err}
	}
	if f.noData {
		return output.Verify(k, nil, output.VerifyOptions{})
	}
	if sides, ok := k.Manifest.Compared(); ok {
		b, err := rebuildComparison(k.Manifest, sides)
		if err != nil {
			return untested(k, err)
		}
		return output.Verify(k, b, output.VerifyOptions{PixelTolerance: f.tolerance})
	}
	d, err := recorded(k.Manifest)
	if err != nil {
		return untested(k, err)
	}
	b, err := build(d, nil)
	if err != nil {
		return untested(k, err)
	}
	v := output.Verify(k, b.files, output.VerifyOptions{PixelTolerance: f.tolerance})
	if err := explainDrift(v, k.Manifest, d); err != nil {
		v.Remarks = append(v.Remarks, "which records changed cannot be told: "+err.Error())
	}
	v.AddUnmet(b.unmet)
	return v
}

// untested holds the files of a briefing that cannot be made again against their
// manifest.
func untested(k *output.Kept, why error) *output.Verification {
	v := output.Verify(k, nil, output.VerifyOptions{})
	v.Trouble = why
	return v
}
