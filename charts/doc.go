// Package charts plans and draws the charts of a report.
//
// Plan decides from tables alone which charts tell the reader something and
// what each says; Figure.PNG draws one. A chart shows no number that is not in
// a table, and its plotted numbers go with it as rows.
//
// The same figure gives the same pixels on every processor: text is drawn as
// outlines in integer font units, curves are flattened here, every coordinate
// is snapped to 1/64 pixel before the integer rasteriser sees it, and the
// package's own arithmetic is written so that no compiler may fuse it.
//
// Layout is in page pixels with y downward, at scale 1; a larger scale draws
// the same layout with more pixels.
package charts
