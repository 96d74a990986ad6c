//go:build !purego

#include "textflag.h"

// func masksAVX2(buf *byte, marks *marks, n int, delim byte) (nul bool)
//
// One turn of the loop looks at 64 bytes and writes one marks, which is 32 bytes:
// sep, line and quote at 0, 8 and 16, before at 24, high at 28.
TEXT ·masksAVX2(SB), NOSPLIT, $0-33
	MOVQ buf+0(FP), SI
	MOVQ marks+8(FP), DI
	MOVQ n+16(FP), CX
	MOVBLZX delim+24(FP), AX
	MOVQ AX, X10
	VPBROADCASTB X10, Y10 // delimiters
	MOVQ $0x0A, AX
	MOVQ AX, X11
	VPBROADCASTB X11, Y11 // line ends
	MOVQ $0x22, AX
	MOVQ AX, X12
	VPBROADCASTB X12, Y12 // quotes
	VPXOR Y13, Y13, Y13   // zeros
	VPXOR Y14, Y14, Y14   // where any byte was zero
	XORL R8, R8           // line ends so far
	TESTQ CX, CX
	JZ done

loop:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1

	VPCMPEQB Y0, Y11, Y2
	VPCMPEQB Y1, Y11, Y3
	VPMOVMSKB Y2, AX
	VPMOVMSKB Y3, BX
	SHLQ $32, BX
	ORQ BX, AX
	MOVQ AX, 8(DI)

	MOVL R8, 24(DI)
	POPCNTQ AX, AX
	ADDL AX, R8

	VPCMPEQB Y0, Y10, Y4
	VPCMPEQB Y1, Y10, Y5
	VPOR Y2, Y4, Y4
	VPOR Y3, Y5, Y5
	VPMOVMSKB Y4, AX
	VPMOVMSKB Y5, BX
	SHLQ $32, BX
	ORQ BX, AX
	MOVQ AX, (DI)

	VPCMPEQB Y0, Y12, Y6
	VPCMPEQB Y1, Y12, Y7
	VPMOVMSKB Y6, AX
	VPMOVMSKB Y7, BX
	SHLQ $32, BX
	ORQ BX, AX
	MOVQ AX, 16(DI)

	VPOR Y0, Y1, Y8
	VPMOVMSKB Y8, AX
	MOVL AX, 28(DI)

	VPMINUB Y0, Y1, Y9
	VPCMPEQB Y9, Y13, Y9
	VPOR Y9, Y14, Y14

	ADDQ $64, SI
	ADDQ $32, DI
	DECQ CX
	JNZ loop

done:
	VPMOVMSKB Y14, AX
	TESTL AX, AX
	SETNE nul+32(FP)
	VZEROUPPER
	RET
