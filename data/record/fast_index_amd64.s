//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// func sweepAVX2(s *sweep) int
//
// A turn of the loop enters one block of 64 bytes. CX is s; SI the block; DI where
// the next end goes; R12 where what says of the block whether it is ASCII goes;
// R9, R10 and R11 are inside, parted and closed.
TEXT ·sweepAVX2(SB), NOSPLIT, $0-16
	MOVQ s+0(FP), CX
	MOVQ sweep_at(CX), SI
	MOVQ sweep_end(CX), DI
	MOVQ sweep_high(CX), R12
	MOVQ sweep_inside(CX), R9
	MOVQ sweep_parted(CX), R10
	MOVQ sweep_closed(CX), R11
	VMOVQ sweep_delim(CX), X10
	VPBROADCASTB X10, Y10  // delimiters
	MOVQ $0x0A, AX
	VMOVQ AX, X11
	VPBROADCASTB X11, Y11  // line ends
	MOVQ $0x22, AX
	VMOVQ AX, X12
	VPBROADCASTB X12, Y12  // quotes
	VPCMPEQB Y13, Y13, Y13 // ones
	VPCMPEQB Y14, Y14, Y14 // of bytes at the same place, the least so far

loop:
	CMPQ DI, sweep_full(CX)
	JA full
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1

	VPCMPEQB Y0, Y11, Y2
	VPCMPEQB Y1, Y11, Y3
	VPMOVMSKB Y2, AX
	VPMOVMSKB Y3, R15
	SHLQ $32, R15
	ORQ R15, AX             // line ends

	VPCMPEQB Y0, Y10, Y4
	VPCMPEQB Y1, Y10, Y5
	VPOR Y2, Y4, Y4
	VPOR Y3, Y5, Y5
	VPMOVMSKB Y4, BX
	VPMOVMSKB Y5, R15
	SHLQ $32, R15
	ORQ R15, BX             // separators

	VPCMPEQB Y0, Y12, Y6
	VPCMPEQB Y1, Y12, Y7
	VPMOVMSKB Y6, DX
	VPMOVMSKB Y7, R15
	SHLQ $32, R15
	ORQ R15, DX             // quotes

	VPOR Y0, Y1, Y8
	VPMOVMSKB Y8, R15
	MOVL R15, (R12)
	VPMINUB Y0, Y1, Y9
	VPMINUB Y9, Y14, Y14

	VMOVQ DX, X5
	VPCLMULQDQ $0, X13, X5, X5
	VMOVQ X5, R14
	XORQ R9, R14            // within quotes, the opening one too
	ANDNQ BX, R14, BX       // separators outside

	MOVQ DX, R13
	ANDQ R14, R13           // quotes that open
	MOVQ BX, R15
	ORQ DX, R15             // separators and quotes
	ANDNQ DX, R14, DX       // quotes that close
	LEAQ (R10)(R15*2), R8
	ANDNQ R13, R8, R13      // open, but not at the beginning of a cell
	LEAQ (R11)(DX*2), R8
	ANDNQ R8, R15, R8       // behind a quote that closes, but no separator or quote
	ORQ R8, R13
	JNZ odd

	MOVQ R15, R10
	SHRQ $63, R10
	MOVQ DX, R11
	SHRQ $63, R11
	MOVQ R14, R9
	SARQ $63, R9

	MOVQ AX, R15
	ANDQ BX, R15
	JZ ends

rows:
	BLSMSKQ R15, R8         // up to the first line end outside quotes
	MOVQ R8, R14
	ANDQ BX, R14
	POPCNTQ R14, R14
	ANDQ AX, R8
	POPCNTQ R8, R8
	ADDL sweep_lines(CX), R8
	MOVQ DI, DX
	SUBQ sweep_ends(CX), DX
	SHRQ $2, DX
	LEAQ -1(DX)(R14*1), DX
	MOVQ sweep_row(CX), R14
	MOVL DX, rowMark_end(R14)
	MOVL R8, rowMark_line(R14)
	ADDQ $rowMark__size, R14
	MOVQ R14, sweep_row(CX)
	BLSRQ R15, R15
	JNZ rows

ends:
	POPCNTQ AX, AX
	ADDL AX, sweep_lines(CX)
	TESTQ BX, BX
	JZ next
	MOVQ SI, R13
	SUBQ sweep_origin(CX), R13
	POPCNTQ BX, DX
	LEAQ (DI)(DX*4), DX     // where the next end will go

#define END(k) \
	TZCNTQ BX, AX; \
	ADDL R13, AX; \
	MOVL AX, k(DI); \
	BLSRQ BX, BX

eight:
	END(0)
	END(4)
	END(8)
	END(12)
	END(16)
	END(20)
	END(24)
	END(28)
	ADDQ $32, DI
	TESTQ BX, BX
	JNZ eight
	MOVQ DX, DI

next:
	ADDQ $4, R12
	ADDQ $64, SI
	CMPQ SI, sweep_to(CX)
	JB loop
	MOVQ $const_sweptAll, AX
	JMP done

full:
	MOVQ $const_sweptNoRoom, AX
	JMP done

odd:
	MOVQ $const_sweptOdd, AX

done:
	MOVQ AX, ret+8(FP)
	MOVQ SI, sweep_at(CX)
	MOVQ DI, sweep_end(CX)
	MOVQ R9, sweep_inside(CX)
	MOVQ R10, sweep_parted(CX)
	MOVQ R11, sweep_closed(CX)
	VPXOR Y0, Y0, Y0
	VPCMPEQB Y14, Y0, Y0
	VPMOVMSKB Y0, AX
	ORQ AX, sweep_nul(CX)
	VZEROUPPER
	RET

DATA upTo63<>+0(SB)/8, $0x0706050403020100
DATA upTo63<>+8(SB)/8, $0x0F0E0D0C0B0A0908
DATA upTo63<>+16(SB)/8, $0x1716151413121110
DATA upTo63<>+24(SB)/8, $0x1F1E1D1C1B1A1918
DATA upTo63<>+32(SB)/8, $0x2726252423222120
DATA upTo63<>+40(SB)/8, $0x2F2E2D2C2B2A2928
DATA upTo63<>+48(SB)/8, $0x3736353433323130
DATA upTo63<>+56(SB)/8, $0x3F3E3D3C3B3A3938
GLOBL upTo63<>(SB), RODATA|NOPTR, $64

// func sweepAVX512(s *sweep) int
//
// It is sweepAVX512 by vectors of 64 bytes. The places of all separators of a block
// are made at once, without a branch on how many there are.
TEXT ·sweepAVX512(SB), NOSPLIT, $0-16
	MOVQ s+0(FP), CX
	MOVQ sweep_at(CX), SI
	MOVQ sweep_end(CX), DI
	MOVQ sweep_high(CX), R12
	MOVQ sweep_inside(CX), R9
	MOVQ sweep_parted(CX), R10
	MOVQ sweep_closed(CX), R11
	VMOVQ sweep_delim(CX), X10
	VPBROADCASTB X10, Z10  // delimiters
	MOVQ $0x0A, AX
	VMOVQ AX, X11
	VPBROADCASTB X11, Z11  // line ends
	MOVQ $0x22, AX
	VMOVQ AX, X12
	VPBROADCASTB X12, Z12  // quotes
	VPCMPEQB Y13, Y13, Y13 // ones
	VPTERNLOGD $0xFF, Z14, Z14, Z14 // of bytes at the same place, the least so far
	VMOVDQU64 upTo63<>(SB), Z9

loop:
	CMPQ DI, sweep_full(CX)
	JA full
	VMOVDQU64 (SI), Z0
	VPCMPEQB Z0, Z11, K1
	KMOVQ K1, AX            // line ends
	VPCMPEQB Z0, Z10, K2
	KORQ K1, K2, K2
	KMOVQ K2, BX            // separators
	VPCMPEQB Z0, Z12, K3
	KMOVQ K3, DX            // quotes

	VPMOVB2M Z0, K4
	KMOVQ K4, R15
	MOVQ R15, R8
	SHRQ $32, R8
	ORL R8, R15
	MOVL R15, (R12)
	VPMINUB Z0, Z14, Z14

	VMOVQ DX, X5
	VPCLMULQDQ $0, X13, X5, X5
	VMOVQ X5, R14
	XORQ R9, R14            // within quotes, the opening one too
	ANDNQ BX, R14, BX       // separators outside

	MOVQ DX, R13
	ANDQ R14, R13           // quotes that open
	MOVQ BX, R15
	ORQ DX, R15             // separators and quotes
	ANDNQ DX, R14, DX       // quotes that close
	LEAQ (R10)(R15*2), R8
	ANDNQ R13, R8, R13      // open, but not at the beginning of a cell
	LEAQ (R11)(DX*2), R8
	ANDNQ R8, R15, R8       // behind a quote that closes, but no separator or quote
	ORQ R8, R13
	JNZ odd

	MOVQ R15, R10
	SHRQ $63, R10
	MOVQ DX, R11
	SHRQ $63, R11
	MOVQ R14, R9
	SARQ $63, R9

	MOVQ AX, R15
	ANDQ BX, R15
	JZ ends

rows:
	BLSMSKQ R15, R8         // up to the first line end outside quotes
	MOVQ R8, R14
	ANDQ BX, R14
	POPCNTQ R14, R14
	ANDQ AX, R8
	POPCNTQ R8, R8
	ADDL sweep_lines(CX), R8
	MOVQ DI, DX
	SUBQ sweep_ends(CX), DX
	SHRQ $2, DX
	LEAQ -1(DX)(R14*1), DX
	MOVQ sweep_row(CX), R14
	MOVL DX, rowMark_end(R14)
	MOVL R8, rowMark_line(R14)
	ADDQ $rowMark__size, R14
	MOVQ R14, sweep_row(CX)
	BLSRQ R15, R15
	JNZ rows

ends:
	POPCNTQ AX, AX
	ADDL AX, sweep_lines(CX)
	MOVQ SI, R13
	SUBQ sweep_origin(CX), R13
	VPBROADCASTD R13, Z3
	KMOVQ BX, K5
	VPCOMPRESSB.Z Z9, K5, Z1
	VPMOVZXBD X1, Z2
	VPADDD Z2, Z3, Z2
	VMOVDQU32 Z2, (DI)
	POPCNTQ BX, DX
	CMPQ DX, $16
	JA many

placed:
	LEAQ (DI)(DX*4), DI

next:
	ADDQ $4, R12
	ADDQ $64, SI
	CMPQ SI, sweep_to(CX)
	JB loop
	MOVQ $const_sweptAll, AX
	JMP done

many:
	VEXTRACTI32X4 $1, Z1, X4
	VPMOVZXBD X4, Z2
	VPADDD Z2, Z3, Z2
	VMOVDQU32 Z2, 64(DI)
	VEXTRACTI32X4 $2, Z1, X4
	VPMOVZXBD X4, Z2
	VPADDD Z2, Z3, Z2
	VMOVDQU32 Z2, 128(DI)
	VEXTRACTI32X4 $3, Z1, X4
	VPMOVZXBD X4, Z2
	VPADDD Z2, Z3, Z2
	VMOVDQU32 Z2, 192(DI)
	JMP placed

full:
	MOVQ $const_sweptNoRoom, AX
	JMP done

odd:
	MOVQ $const_sweptOdd, AX

done:
	MOVQ AX, ret+8(FP)
	MOVQ SI, sweep_at(CX)
	MOVQ DI, sweep_end(CX)
	MOVQ R9, sweep_inside(CX)
	MOVQ R10, sweep_parted(CX)
	MOVQ R11, sweep_closed(CX)
	VPTESTNMB Z14, Z14, K1
	KMOVQ K1, AX
	ORQ AX, sweep_nul(CX)
	VZEROUPPER
	RET

// func tallyAVX2(text *byte, blocks int) (quotes, lines int)
TEXT ·tallyAVX2(SB), NOSPLIT, $0-32
	MOVQ text+0(FP), SI
	MOVQ blocks+8(FP), CX
	MOVQ $0x0A, AX
	VMOVQ AX, X11
	VPBROADCASTB X11, Y11
	MOVQ $0x22, AX
	VMOVQ AX, X12
	VPBROADCASTB X12, Y12
	VPXOR Y15, Y15, Y15
	VPXOR Y8, Y8, Y8        // four sums of quotes
	VPXOR Y9, Y9, Y9        // of line ends

some:
	MOVQ $127, DX           // two of a place a turn, before a byte overflows
	CMPQ CX, DX
	CMOVQLT CX, DX
	SUBQ DX, CX
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5

block:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPCMPEQB Y0, Y12, Y2
	VPCMPEQB Y1, Y12, Y3
	VPSUBB Y2, Y4, Y4
	VPSUBB Y3, Y4, Y4
	VPCMPEQB Y0, Y11, Y6
	VPCMPEQB Y1, Y11, Y7
	VPSUBB Y6, Y5, Y5
	VPSUBB Y7, Y5, Y5
	ADDQ $64, SI
	DECQ DX
	JNZ block

	VPSADBW Y15, Y4, Y4
	VPADDQ Y4, Y8, Y8
	VPSADBW Y15, Y5, Y5
	VPADDQ Y5, Y9, Y9
	TESTQ CX, CX
	JNZ some

	VEXTRACTI128 $1, Y8, X0
	VPADDQ X0, X8, X8
	VPSRLDQ $8, X8, X0
	VPADDQ X0, X8, X8
	VMOVQ X8, AX
	MOVQ AX, quotes+16(FP)
	VEXTRACTI128 $1, Y9, X0
	VPADDQ X0, X9, X9
	VPSRLDQ $8, X9, X0
	VPADDQ X0, X9, X9
	VMOVQ X9, AX
	MOVQ AX, lines+24(FP)
	VZEROUPPER
	RET
