// Package output writes a briefing: the report as Markdown, HTML and JSON, its
// tables as CSV, and the manifest by which it can be checked later.
//
// Render turns a Document into a Bundle held in memory, and Publish puts a
// Bundle on disk whole or not at all. Rendering reads no file, clock or
// environment, so the same Document gives the same bytes everywhere.
//
// What the report says is built once, as a page of sections, paragraphs, tables
// and pictures (see page), which the Markdown and the HTML writer each write
// out. Every figure comes from package stats already rounded and formatted.
package output
