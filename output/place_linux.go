package output

import (
	"errors"
	"os"
	"runtime"
	"syscall"
	"unsafe"
)

// renameat2 is the number of the system call that package syscall does not name
// on every architecture; 0 where it is not known.
var renameat2 = map[string]uintptr{"amd64": 316, "386": 353, "arm": 382, "arm64": 276, "riscv64": 276, "loong64": 276,
	"ppc64": 357, "ppc64le": 357, "s390x": 347, "mips64": 5311, "mips64le": 5311, "mips": 4351, "mipsle": 4351}[runtime.GOARCH]

const renameExchange = 2

// exchange makes two names within a directory change places in one step.
func exchange(root *os.Root, a, b string) error {
	if renameat2 == 0 {
		return errNoExchange
	}
	dir, err := root.Open(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	x, err := syscall.BytePtrFromString(a)
	if err != nil {
		return err
	}
	y, err := syscall.BytePtrFromString(b)
	if err != nil {
		return err
	}
	_, _, errno := syscall.Syscall6(renameat2, dir.Fd(), uintptr(unsafe.Pointer(x)), dir.Fd(), uintptr(unsafe.Pointer(y)), renameExchange, 0)
	runtime.KeepAlive(dir)
	switch errno {
	case 0:
		return nil
	case syscall.ENOSYS, syscall.EINVAL, syscall.EBUSY, syscall.EPERM, syscall.EOPNOTSUPP:
		// An old kernel or a disk that cannot; a mount point; a filter of a sandbox.
		return errNoExchange
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: errors.New(errno.Error())}
}

// lockDir locks a directory for as long as the returned file is open; nil where
// another has it or it cannot be locked. The lock ends with the process.
func lockDir(root *os.Root, dir string) *os.File {
	f, err := root.Open(dir)
	if err != nil {
		return nil
	}
	if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		f.Close()
		return nil
	}
	return f
}
