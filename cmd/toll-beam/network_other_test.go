//go:build !linux

package main

import (
	"errors"
	"syscall"
)

func privateNetwork() *syscall.SysProcAttr { return nil }

func loopbackUp() error { return errors.New("there is no private network on this system") }
